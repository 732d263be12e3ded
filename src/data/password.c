#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "data/password.h"

enum { BYTES = 32 };

/* As often as one likes: only the first time does anything. */
static void
be_ready(void)
{
	if (sodium_init() == -1)
		abort();
}

void
password_hash(struct buf *out, const char *text, size_t len)
{
	char hash[crypto_pwhash_STRBYTES];

	be_ready();
	if (crypto_pwhash_str_alg(hash, text, len,
		crypto_pwhash_OPSLIMIT_INTERACTIVE,
		crypto_pwhash_MEMLIMIT_INTERACTIVE,
		crypto_pwhash_ALG_ARGON2ID13) != 0)
		abort();
	buf_puts(out, hash);
}

bool
password_fits(const char *hash, const char *text, size_t len)
{
	be_ready();
	return crypto_pwhash_str_verify(hash, text, len) == 0;
}

void
password_token(char out[PASSWORD_TOKEN])
{
	unsigned char bytes[BYTES];

	be_ready();
	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(out, PASSWORD_TOKEN, bytes, sizeof(bytes),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void
password_digest(char out[PASSWORD_DIGEST], const char *text)
{
	unsigned char digest[BYTES];

	be_ready();
	crypto_generichash(digest, sizeof(digest), (const unsigned char *)text,
	    strlen(text), NULL, 0);
	sodium_bin2hex(out, PASSWORD_DIGEST, digest, sizeof(digest));
}

void
password_mac(char out[PASSWORD_DIGEST], const unsigned char key[],
    const char *text)
{
	unsigned char mac[32];

	crypto_generichash(mac, sizeof(mac), (const unsigned char *)text,
	    strlen(text), key, PASSWORD_KEY);
	sodium_bin2hex(out, PASSWORD_DIGEST, mac, sizeof(mac));
}

bool
password_same(const char *a, const char *b)
{
	size_t len = strlen(a);

	return strlen(b) == len && sodium_memcmp(a, b, len) == 0;
}
