/*
 * Which addresses other servers may have: those that all the world can reach.
 */
#include <netdb.h>
#include <sys/socket.h>

#include "data/fetcher.h"
#include "test.h"

static bool
is_public(const char *text)
{
	struct addrinfo *a, hints = { .ai_flags = AI_NUMERICHOST };
	bool is;

	if (getaddrinfo(text, NULL, &hints, &a) != 0)
		bail_out(text);
	is = fetch_is_public(a->ai_addr);
	freeaddrinfo(a);
	return is;
}

int
main(void)
{
	static const char *const closed[] = { "0.0.0.0", "0.1.2.3", "10.0.0.1",
		"10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1",
		"127.8.8.8", "169.254.169.254", "172.16.0.1", "172.31.255.255",
		"192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1",
		"198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
		"224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
		"::ffff:8.8.8.8", "::ffff:0:8.8.8.8", "64:ff9b::10.0.0.1",
		"64:ff9b::7f00:1", "64:ff9b:1::808:808", "100::1", "2001::1",
		"2001:10::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1",
		"2002:c0a8:101::1", "3fff::1", "5f00::1", "fc00::1", "fd00::1",
		"fdff:ffff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1" };
	static const char *const open[] = { "1.1.1.1", "8.8.8.8",
		"9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
		"126.255.255.255", "128.0.0.0", "169.253.255.255",
		"172.15.255.255", "172.32.0.0", "192.0.1.1", "192.167.255.255",
		"192.169.0.0", "198.17.255.255", "198.20.0.0", "203.0.112.255",
		"203.0.114.0", "223.255.255.255", "64:ff9b::8.8.8.8",
		"2001:200::1", "2001:4860:4860::8888", "2002:808:808::1",
		"2606:4700::1111", "2a00:1450::1" };
	struct buf claim = { 0 };

	for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++) {
		buf_clear(&claim);
		buf_printf(&claim, "SEC-1: %s is not public", closed[i]);
		ok(!is_public(closed[i]), claim.data);
	}
	for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++) {
		buf_clear(&claim);
		buf_printf(&claim, "%s is public", open[i]);
		ok(is_public(open[i]), claim.data);
	}
	ok(!fetch_is_public(&(struct sockaddr){ .sa_family = AF_UNIX }),
	    "SEC-1: a socket in the file system is no public address");
	buf_free(&claim);
	return done();
}
