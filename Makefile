# make            build/mutua and build/mutua.so, the module Kore loads
# make check      the in-process tests, under the sanitizers
# make clean      remove build/

B	 = build
PACKAGES = sqlite3 libxml-2.0 yaml-0.1 icu-i18n icu-uc libcmark-gfm zlib jansson
STD	 = -std=c11 -D_GNU_SOURCE -Isrc $(shell pkg-config --cflags $(PACKAGES) | tr ' ' '\n' | sed 's/^-I/-isystem/' | tr '\n' ' ')
WARN	 = -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes \
	   -Wmissing-prototypes -Wconversion -Wcast-qual -Wpointer-arith \
	   -Wvla -Wwrite-strings -Wformat=2 -Wundef -Wnull-dereference
HARDEN	 = -fstack-protector-strong -D_FORTIFY_SOURCE=2
CFLAGS	 = $(STD) $(WARN) $(HARDEN) -O2 -g -fPIC -fvisibility=hidden -MMD
LDFLAGS	 = -Wl,-z,relro,-z,now
LIBS	 = $(shell pkg-config --libs $(PACKAGES)) -lcmark-gfm-extensions -lstemmer -lm
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all

KORE	 = src/main.c src/guard.c
SITE	 = $(wildcard src/base/*.c src/data/*.c src/view/*.c src/web/*.c src/features/*.c src/routes.c)
CLI	 = $(wildcard src/cli/*.c)
TESTS	 = $(patsubst tests/%.c,$B/%,$(wildcard tests/test_*.c))

all: $B/mutua.so $B/mutua

$B/mutua.so: $(patsubst src/%.c,$B/%.o,$(KORE) $(SITE))
	$(CC) -shared $(LDFLAGS) -o $@.new $^ $(LIBS)
	mv $@.new $@

$B/data.a: $(patsubst src/%.c,$B/%.o,$(filter src/base/% src/data/%,$(SITE)))
	@rm -f $@
	ar rcs $@ $^

$B/mutua: $(patsubst src/%.c,$B/%.o,$(CLI)) $B/data.a
	$(CC) $(LDFLAGS) -o $@.new $^ $(LIBS)
	mv $@.new $@

$B/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

# Kore's structures differ by what it was built with.
$B/main.o $B/guard.o: CFLAGS += $(shell cat /usr/share/kore/features)

# Everything once more with the sanitizers, for the tests.
$B/san/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(STD) $(WARN) $(SANITIZE) -O1 -g -MMD -c -o $@ $<

$B/san/site.a: $(patsubst src/%.c,$B/san/%.o,$(SITE) $(filter-out src/cli/main.c,$(CLI)))
	@rm -f $@
	ar rcs $@ $^

$B/test_%: tests/test_%.c tests/test.h $B/san/site.a
	@mkdir -p $(@D)
	$(CC) $(STD) $(WARN) $(SANITIZE) -g -O1 -o $@ $< $B/san/site.a $(LIBS)

check: $(TESTS)
	prove --exec '' $(TESTS)

clean:
	rm -rf build

.PHONY: all check clean
-include $(wildcard $B/*.d $B/*/*.d $B/*/*/*.d)
