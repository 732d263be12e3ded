/*
 * Mails that are due: to the server, or where there is none, to files.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/write.h"
#include "cli/command.h"
#include "cli/jobs.h"
#include "cli/place.h"
#include "data/message.h"
#include "data/outbox.h"
#include "data/subscription.h"

enum {
	MAILS_A_ROUND = 50,  /* then other work has its turn */
	MAILS_WAITING = 200, /* of those to many */
	DOWN_SECONDS = 60,   /* before a server that is down is tried again */
};

const char *
jobs_masked(struct jobs *j, const char *address)
{
	const char *at = strchr(address, '@');

	return arena_printf(&j->arena, "%.1s…%s", address,
	    at != NULL ? at : "");
}

/* What the server says may quote the address. */
static const char *
without_address(struct jobs *j, const char *text, const char *address)
{
	const char *at = strstr(text, address);

	if (at == NULL)
		return text;
	return arena_printf(&j->arena, "%.*s%s%s", (int)(at - text), text,
	    jobs_masked(j, address), at + strlen(address));
}

/* The new name of a file is on disk once its directory is. */
static bool
rename_safely(const char *from, const char *to, const char *dir)
{
	int fd;
	bool good;

	if (rename(from, to) == -1 ||
	    (fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) == -1)
		return false;
	good = fsync(fd) == 0;
	close(fd);
	return good;
}

/* All of it is in mail/ID.eml, or nothing. */
static enum smtp_answer
write_file(struct jobs *j, const struct mail *m, const struct buf *wire,
    struct buf *why)
{
	const char *dir = arena_printf(&j->arena, "%s/mail", j->data);
	const char *to = arena_printf(&j->arena, "%s/%lld-%s.eml", dir,
	    (long long)m->id, m->name);
	const char *new = arena_printf(&j->arena, "%s.new", to);
	bool good;
	int fd;

	mkdir(dir, 0750);
	fd = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	good =
	    fd != -1 && write_all(fd, wire->data, wire->len) && fsync(fd) == 0;
	if (fd != -1 && close(fd) == -1)
		good = false;
	if (good && rename_safely(new, to, dir))
		return SMTP_TAKEN;
	buf_printf(why, "%s: %s", to, strerror(errno));
	return SMTP_DOWN;
}

static enum smtp_answer
deliver(struct jobs *j, const struct mail *m, struct buf *why)
{
	struct buf wire = { 0 };
	enum smtp_answer answer = SMTP_NEVER;

	if (!message_put(&wire,
		&(struct message){
		    .name = j->settings.name,
		    .from = j->sender,
		    .reply = j->settings.mail_reply,
		    .to = m->recipient,
		    .subject = m->subject,
		    .lang = m->lang,
		    .text = m->text,
		    .html = m->html,
		    .unsubscribe = m->unsubscribe,
		    .id = m->id,
		    .date = m->created,
		}))
		buf_puts(why, "an address in it is none");
	else if (j->smtp != NULL)
		answer = smtp_send(j->smtp, m->recipient, &wire, why);
	else
		answer = write_file(j, m, &wire, why);
	buf_free(&wire);
	return answer;
}

/* Write down and say what became of it. */
static void
conclude(struct jobs *j, const struct mail *m, enum smtp_answer answer,
    const char *why)
{
	const char *to = jobs_masked(j, m->recipient);
	bool given_up = false;

	if (answer == SMTP_TAKEN || answer == SMTP_NEVER)
		subscription_answered(j->db, m->recipient,
		    answer == SMTP_TAKEN);
	if (answer == SMTP_TAKEN) {
		if (outbox_sent(j->db, m))
			complain("mail %lld (%s) to %s: %s", (long long)m->id,
			    m->name, to,
			    j->smtp != NULL ? "sent"
					    : "written into mail/, as no smtp "
					      "is set");
		return;
	}
	if (outbox_failed(j->db, m, answer == SMTP_NEVER, why, &given_up))
		complain("mail %lld (%s) to %s: %s: %s", (long long)m->id,
		    m->name, to, given_up ? "given up" : "to be tried again",
		    without_address(j, why, m->recipient));
}

/* Without a server each mail would wait for it in vain; and where nothing can
 * be written down, the server would be asked over and over. */
static void
mind(struct jobs *j, const struct mail *m, enum smtp_answer answer)
{
	if (answer == SMTP_TAKEN)
		j->taken = m->id;
	j->mail_after = answer == SMTP_DOWN || db_failed(j->db)
	    ? time(NULL) + DOWN_SECONDS
	    : 0;
}

bool
jobs_send(struct jobs *j)
{
	struct mail m;
	struct buf why = { 0 };
	int n = 0;

	while (n < MAILS_A_ROUND && time(NULL) >= j->mail_after &&
	    !jobs_stopping() && outbox_next(j->db, &j->arena, &m)) {
		enum smtp_answer answer = m.id == j->taken
		    ? SMTP_TAKEN /* but it could not be marked */
		    : deliver(j, &m, &why);

		if (answer == SMTP_TAKEN || !jobs_stopping())
			conclude(j, &m, answer, buf_text(&why));
		mind(j, &m, answer);
		buf_clear(&why);
		arena_reset(&j->arena);
		n++;
		if (db_failed(j->db))
			break;
	}
	buf_free(&why);
	return n == MAILS_A_ROUND;
}

int64_t
jobs_mail_due(struct jobs *j)
{
	int64_t due = outbox_due(j->db);

	return due > j->mail_after ? due : j->mail_after;
}

int64_t
jobs_room(struct jobs *j)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT count(*) FROM outbox WHERE sent IS NULL"
	    " AND given_up IS NULL AND due <= unixepoch()"));

	return MAILS_WAITING - db_number(q, MAILS_WAITING);
}
