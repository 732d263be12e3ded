/*
 * What a password has to be.  Length is what counts; signs and digits are not
 * asked for, since they make people write "Password1!".
 */
#include <string.h>

#include "data/password.h"

/* What is tried first, of those that are long enough. */
static const char *const commonest[] = { "0123456789", "0987654321",
	"1111111111", "1122334455", "123123123123", "1234512345", "1234554321",
	"123456789a", "1234567890", "12345678901", "12345678910",
	"123456789012", "1q2w3e4r5t", "1qaz2wsx3edc", "9876543210",
	"abcdefghij", "administrator", "azertyuiop", "basketball", "bienvenue1",
	"changeme123", "contraseña", "contrasena", "contrasena1", "footballer",
	"iloveyou123", "jesuschrist", "letmein123", "microinsurance",
	"micro-insurance", "motdepasse", "motdepasse1", "motdepasse123",
	"mutualisation", "password01", "password10", "password11", "password12",
	"password123", "password1234", "passw0rd123", "p@ssw0rd123",
	"q1w2e3r4t5", "qwerty1234", "qwerty12345", "qwerty123456", "qwertyuiop",
	"qwertzuiop", "sunshine123", "teamomucho", "welcome123", NULL };

/* Is it one character again and again, or one that is tried first? */
static bool
is_common(const char *password)
{
	size_t i = 0;

	if (strspn(password, (char[]){ password[0], '\0' }) == strlen(password))
		return true;
	while (commonest[i] != NULL && strcasecmp(commonest[i], password) != 0)
		i++;
	return commonest[i] != NULL;
}

enum password_fault
password_judge(const char *password)
{
	size_t n = 0;

	for (const char *s = password; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	if (n < PASSWORD_LEAST)
		return PASSWORD_SHORT;
	if (n > PASSWORD_MOST)
		return PASSWORD_LONG;
	return is_common(password) ? PASSWORD_COMMON : PASSWORD_GOOD;
}
