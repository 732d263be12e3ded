/*
 * Which addresses are public.
 *
 * What the registries of special addresses of RFC 6890 and its successors do
 * not call globally reachable is not, and neither is an address of IPv6 that
 * leads to such a one of IPv4.
 */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "data/fetcher.h"

struct range4 {
	uint32_t address;
	int bits;
};

static const struct range4 closed4[] = {
	{ 0x00000000, 8 },  /* 0: this network */
	{ 0x0a000000, 8 },  /* 10: private */
	{ 0x64400000, 10 }, /* 100.64: shared by a provider's customers */
	{ 0x7f000000, 8 },  /* 127: this machine */
	{ 0xa9fe0000, 16 }, /* 169.254: link; metadata of clouds */
	{ 0xac100000, 12 }, /* 172.16: private */
	{ 0xc0000000, 24 }, /* 192.0.0: protocols */
	{ 0xc0000200, 24 }, /* 192.0.2: documentation */
	{ 0xc0586300, 24 }, /* 192.88.99: relays of 6to4 */
	{ 0xc0a80000, 16 }, /* 192.168: private */
	{ 0xc6120000, 15 }, /* 198.18: benchmarks */
	{ 0xc6336400, 24 }, /* 198.51.100: documentation */
	{ 0xcb007100, 24 }, /* 203.0.113: documentation */
	{ 0xe0000000, 4 },  /* 224: multicast */
	{ 0xf0000000, 4 },  /* 240: reserved; broadcast */
};

static bool
is_public4(uint32_t address)
{
	for (size_t i = 0; i < sizeof(closed4) / sizeof(closed4[0]); i++)
		if ((address ^ closed4[i].address) >> (32 - closed4[i].bits) ==
		    0)
			return false;
	return true;
}

struct range6 {
	uint8_t address[16];
	int bits;
	int inner; /* where an address of IPv4 stands in it, or 0: closed */
};

static const struct range6 special6[] = {
	{ { 0 }, 96, 0 },                         /* ::, ::1, ::1.2.3.4 */
	{ { [10] = 0xff, [11] = 0xff }, 96, 0 },  /* ::ffff:1.2.3.4 */
	{ { [8] = 0xff, [9] = 0xff }, 96, 0 },    /* ::ffff:0:1.2.3.4 */
	{ { 0, 0x64, 0xff, 0x9b }, 96, 12 },      /* NAT64 */
	{ { 0, 0x64, 0xff, 0x9b, 0, 1 }, 48, 0 }, /* NAT64 of a network */
	{ { 1 }, 64, 0 },                         /* 100:: discarded */
	{ { 0x20, 0x01 }, 23, 0 },                /* protocols; Teredo */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32, 0 },    /* documentation */
	{ { 0x20, 0x02 }, 16, 2 },                /* 6to4 */
	{ { 0x3f, 0xff }, 20, 0 },                /* documentation */
	{ { 0x5f, 0x00 }, 16, 0 },                /* segment routing */
	{ { 0xfc }, 7, 0 },                       /* private */
	{ { 0xfe, 0x80 }, 10, 0 },                /* link */
	{ { 0xfe, 0xc0 }, 10, 0 },                /* site, of old */
	{ { 0xff }, 8, 0 },                       /* multicast */
};

static bool
is_in(const uint8_t *address, const struct range6 *r)
{
	int bytes = r->bits / 8, rest = r->bits % 8;

	return memcmp(address, r->address, (size_t)bytes) == 0 &&
	    (rest == 0 ||
		(address[bytes] ^ r->address[bytes]) >> (8 - rest) == 0);
}

static uint32_t
inner(const uint8_t *address, const struct range6 *r)
{
	uint32_t n = 0;

	for (int i = 0; i < 4; i++)
		n = n << 8 | address[r->inner + i];
	return n;
}

static bool
is_public6(const uint8_t *address)
{
	for (size_t i = 0; i < sizeof(special6) / sizeof(special6[0]); i++) {
		const struct range6 *r = &special6[i];

		if (is_in(address, r))
			return r->inner > 0 && is_public4(inner(address, r));
	}
	return true;
}

bool
fetch_is_public(const struct sockaddr *address)
{
	struct sockaddr_in in4;
	struct sockaddr_in6 in6;

	switch (address->sa_family) {
	case AF_INET:
		memcpy(&in4, address, sizeof(in4));
		return is_public4(ntohl(in4.sin_addr.s_addr));
	case AF_INET6:
		memcpy(&in6, address, sizeof(in6));
		return is_public6(in6.sin6_addr.s6_addr);
	default:
		return false;
	}
}
