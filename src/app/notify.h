/* notify.h – telling systemd how far the program is, without its library: one datagram to the socket
 * that NOTIFY_SOCKET names (sd_notify(3)). Nothing happens where there is none. */
#ifndef APP_NOTIFY_H
#define APP_NOTIFY_H

/* "READY=1", "STOPPING=1", "STATUS=…" */
void notify(const char *state);

#endif
