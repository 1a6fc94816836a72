/* curlmini.h: a URL in parts, and the text of a request. */
#ifndef CURLMINI_H
#define CURLMINI_H
#include <stddef.h>
struct curl_url { char scheme[8], user[64], host[256], path[512]; int port; };
int curl_url_parse(const char *, struct curl_url *);
int curl_request(const struct curl_url *, const char *, char *, size_t);
int curl_header(const char *, const char *, char *, size_t);
size_t curl_escape(char *, size_t, const char *);
int curl_cookie(const char *, char *, size_t, char *, size_t);
int curl_host_ascii(const char *, char *, size_t);
long curl_unchunk(char *, size_t);
unsigned int curl_etag(const void *, size_t);
#endif
