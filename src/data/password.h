#ifndef DATA_PASSWORD_H
#define DATA_PASSWORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * What only its owner knows: passwords, and the tokens of links and cookies.
 *
 * We keep neither.  Of a password stays its argon2id hash, which takes a tenth
 * of a second and 64 MB to make: whoever gets hold of the database can try a
 * few a second, no more.  Of a token, which nobody can guess, stays its digest.
 * Chance and memory are needed; without them the process ends.
 */
enum {
	PASSWORD_TOKEN = 44,  /* 32 bytes in base64url, and a NUL */
	PASSWORD_DIGEST = 65, /* 32 bytes in hex, and a NUL */
};

/* May it be somebody's password?  Every place that takes a new one asks here. */
enum { PASSWORD_LEAST = 10, PASSWORD_MOST = 200 }; /* characters */
enum password_fault {
	PASSWORD_GOOD,
	PASSWORD_SHORT,
	PASSWORD_LONG,
	PASSWORD_COMMON /* what is tried first */
};
enum password_fault password_judge(const char *);

/* Put the hash of a password, with the salt and what it took to make it. */
void password_hash(struct buf *, const char *text, size_t len);

/* Is it the password of that hash?  Takes as long either way. */
bool password_fits(const char *hash, const char *text, size_t len);

/* Make up a token: letters, digits, '-' and '_'. */
void password_token(char out[PASSWORD_TOKEN]);

/* The digest of a token (BLAKE2b-256), to look it up by. */
void password_digest(char out[PASSWORD_DIGEST], const char *text);

/* The same with a key, which nobody else can make: BLAKE2b-256 in hex. */
enum { PASSWORD_KEY = 32 }; /* bytes */
void password_mac(char out[PASSWORD_DIGEST], const unsigned char key[],
    const char *text);

/* Are they the same?  Takes as long wherever they differ. */
bool password_same(const char *, const char *);

#endif
