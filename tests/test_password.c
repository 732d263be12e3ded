/*
 * Passwords and tokens: what is kept of them, and what is not.
 */
#include "data/password.h"
#include "test.h"

static const char words[] = "un mot de passe assez long";

static void
passwords(void)
{
	struct buf one = { 0 }, other = { 0 };

	password_hash(&one, words, strlen(words));
	password_hash(&other, words, strlen(words));
	ok(strncmp(buf_text(&one), "$argon2id$", 10) == 0,
	    "a password is kept as an argon2id hash");
	ok(!has(buf_text(&one), "passe"), "… and not in clear");
	ok(strcmp(buf_text(&one), buf_text(&other)) != 0,
	    "the same password has another hash for everybody");
	ok(password_fits(one.data, words, strlen(words)), "it fits its hash");
	ok(!password_fits(one.data, words, strlen(words) - 1),
	    "another does not");
	ok(!password_fits(one.data, "", 0), "nor does none");
	ok(!password_fits("", words, strlen(words)),
	    "nothing fits a hash that is none");
	buf_free(&one);
	buf_free(&other);
}

static void
tokens(void)
{
	static const char all[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "abcdefghijklmnopqrstuvwxyz0123456789-_";
	char one[PASSWORD_TOKEN], other[PASSWORD_TOKEN];
	char digest[PASSWORD_DIGEST], again[PASSWORD_DIGEST];

	password_token(one);
	password_token(other);
	ok(strlen(one) == 43 && strspn(one, all) == 43,
	    "a token is made of what an address can hold");
	ok(strcmp(one, other) != 0, "no two tokens are the same");
	password_digest(digest, one);
	password_digest(again, one);
	ok(strlen(digest) == 64 && strcmp(digest, again) == 0,
	    "a token is found again by its digest");
	password_digest(again, other);
	ok(strcmp(digest, again) != 0, "another one is not");
	password_digest(digest, "abc");
	is(digest,
	    "bddd813c634239723171ef3fee98579b"
	    "94964e3bb1cb3e427262c8c068d52319",
	    "digests are BLAKE2b-256");
}

int
main(void)
{
	passwords();
	tokens();
	return done();
}
