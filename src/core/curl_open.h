/* curl_open.h – libcurl, opened when it is first needed: most houses send no letters and ask no feeds, and a server that
 * does neither loads none of its libraries. */
#ifndef CORE_CURL_OPEN_H
#define CORE_CURL_OPEN_H

#include <curl/curl.h>
#include <stdbool.h>

struct curl {
	void *lib;
	__typeof__(curl_easy_init) *init;
	__typeof__(curl_easy_cleanup) *cleanup;
	__typeof__(curl_easy_perform) *perform;
	__typeof__(curl_easy_strerror) *strerror;
	__typeof__(curl_slist_append) *append;
	__typeof__(curl_slist_free_all) *free_all;
	CURLcode (*setopt)(CURL *, CURLoption, ...);
	CURLcode (*getinfo)(CURL *, CURLINFO, ...);
};
/* false: it is not on this machine. It stays open. */
bool curl_open(struct curl *c);

#endif
