/* tls.h – `serve --tls`: HTTPS with an authority of the house's own (http/authority.h), for telephones at the
 * door. The usual port then answers only /tls, the page that hands the authority out, static files and the
 * questions about health; everything else it sends on to HTTPS. RULE tls-3 */
#ifndef APP_TLS_H
#define APP_TLS_H

#include "app/app.h"
#include "http/authority.h"

struct tls;
/* Opens D.tls, starts both servers: a->http is HTTPS. o: as for http_start(), listening where plain HTTP
 * shall. RC_STORAGE or RC_INVALID with *err. */
int tls_serve(
    struct app *a, const struct serving *s, struct http_options *o, const char **err) MUST;
/* The plain half; a->http is stopped by who started it. */
void tls_stop(struct app *a);
void tls_done(struct app *a); /* forgets it, after both have stopped */
const struct identity *tls_identity(const struct tls *t);
int tls_plain_port(const struct tls *t);
int tls_port(const struct tls *t);
/* For the line at the start: " (http://…:8080/ leads there)". */
const char *tls_where(const struct tls *t, struct arena *a);

/* ---- tls_pages.c ---- */
extern const struct route tls_routes[];
extern const size_t tls_nroutes;

#endif
