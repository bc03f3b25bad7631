/* curl_open.c – see curl_open.h. */
#include "core/curl_open.h"

#include <dlfcn.h>

#include "base/buf.h"

bool
curl_open(struct curl *c)
{
	static const char *const names[] = { "libcurl-gnutls.so.4", "libcurl.so.4" };
	size_t i;

	*c = (struct curl){ 0 };
	for (i = 0; i < ARRAY_LEN(names) && c->lib == NULL; i++)
		c->lib = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
	if (c->lib == NULL)
		return false;
	c->init = dlsym(c->lib, "curl_easy_init");
	c->cleanup = dlsym(c->lib, "curl_easy_cleanup");
	c->perform = dlsym(c->lib, "curl_easy_perform");
	c->strerror = dlsym(c->lib, "curl_easy_strerror");
	c->append = dlsym(c->lib, "curl_slist_append");
	c->free_all = dlsym(c->lib, "curl_slist_free_all");
	c->setopt = dlsym(c->lib, "curl_easy_setopt");
	c->getinfo = dlsym(c->lib, "curl_easy_getinfo");
	return c->init != NULL && c->cleanup != NULL && c->perform != NULL && c->strerror != NULL &&
	       c->append != NULL && c->free_all != NULL && c->setopt != NULL && c->getinfo != NULL;
}
