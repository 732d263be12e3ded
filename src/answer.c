#include <kore/kore.h>

#include <sys/socket.h>
#include <sys/uio.h>

#include <kore/http.h>

#include "answer.h"
#include "data/file.h"

enum { UNSENT = 128 * 1024 }; /* bytes of a file in the kernel's hands */

/* Write what the socket takes at once; Kore copies and sends the rest. */
static bool
send_parts(struct connection *c, const struct buf *head, const struct buf *body)
{
	struct iovec parts[] = {
		{ .iov_base = head->data, .iov_len = head->len },
		{ .iov_base = body->data, .iov_len = body->len },
	};
	ssize_t n = 0;

	if (TAILQ_EMPTY(&c->send_queue))
		n = writev(c->fd, parts, body->len > 0 ? 2 : 1);
	if (n == -1 && errno != EAGAIN && errno != EINTR)
		return false;
	for (size_t i = 0, sent = n > 0 ? (size_t)n : 0; i < 2; i++) {
		size_t done = sent < parts[i].iov_len ? sent : parts[i].iov_len;

		sent -= done;
		if (done < parts[i].iov_len)
			net_send_queue(c, (char *)parts[i].iov_base + done,
			    parts[i].iov_len - done);
	}
	return true;
}

static int
release_file(struct netbuf *nb)
{
	struct file_bytes *b = nb->extra;

	file_unmap(*b);
	free(b);
	return KORE_RESULT_OK;
}

/* Have a file follow what is queued.  It is read from where it lies as the
 * socket takes it, and the kernel holds little of it: so Kore sees a slow
 * client take something now and then. */
static bool
queue_file(struct connection *c, const struct response *r)
{
	struct file_bytes *b = malloc(sizeof(*b));
	struct netbuf *nb;
	int unsent = UNSENT;

	if (b == NULL)
		abort();
	*b = file_map(r->file, r->file_from + r->file_len);
	if (b->map == NULL) {
		free(b);
		return false;
	}
	setsockopt(c->fd, SOL_SOCKET, SO_SNDBUF, &unsent, sizeof(unsent));
	net_send_stream(c, (uint8_t *)b->map + r->file_from, r->file_len,
	    release_file, &nb);
	nb->extra = b;
	return true;
}

static void
put_top(struct buf *top, const struct connection *c, const struct response *r)
{
	buf_clear(top);
	buf_printf(top, "HTTP/1.1 %d %s\r\n", r->status,
	    http_status_text(r->status));
	buf_put(top, r->head.data, r->head.len);
	if (r->status != 204 && r->status != 304)
		buf_printf(top, "content-length: %llu\r\n",
		    (unsigned long long)response_length(r));
	if (c->flags & CONN_CLOSE_EMPTY)
		buf_puts(top, "connection: close\r\n");
	buf_put(top, "\r\n", 2);
}

bool
answer_queue(struct connection *c, const struct response *r, bool head_only)
{
	static const struct buf nothing;
	static struct buf top;

	put_top(&top, c, r);
	return send_parts(c, &top, head_only ? &nothing : &r->body) &&
	    (!r->has_file || head_only || queue_file(c, r));
}
