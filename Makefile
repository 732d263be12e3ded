# make            build/mutua, and build/mutua.so, the module Kore loads
# make run        a site with the content of content/ on 127.0.0.1:8080;
#                 LISTEN=ADDR:PORT for another address
# make test       every test; says how many passed and failed
# make check      the tests that are programs, under the sanitizers
# make memcheck   the same programs under valgrind
# make fuzz       odd input for each tests/fuzz_*.c, SECONDS=10 each
# make soak       editors and mail while processes are killed, KILLS=220 times
# make bench      requests a second, with 20,000 documents more
# make bench-feeds what it costs to read 1,000 feeds of others
# make lint       layers, sizes, headers, clang-tidy, cppcheck, gcc -fanalyzer
# make format     what clang-format says, done
# make deps       install the Debian packages that building and running need
# make screenshot assets/screenshot.png, of the site that runs on LISTEN
# make map        content/map.yaml, the world map, from Natural Earth
# make clean      remove build/, but not var/, the data of "make run"
#
# run, test, memcheck, fuzz, bench and lint install what they lack themselves.
# B=DIR builds there; V=1 shows the commands.

B	 = build
LISTEN	 = 127.0.0.1:8080
SECONDS	 = 10
KILLS	 = 220
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += --jobs=$(shell nproc)
endif

PACKAGES = sqlite3 libxml-2.0 yaml-0.1 icu-i18n icu-uc libcmark-gfm zlib jansson libsodium libzip libcurl libturbojpeg libpng libwebp
INCLUDE	:= $(patsubst -I%,-isystem%,$(shell pkg-config --cflags-only-I $(PACKAGES) 2>&-))
LIBS	:= $(shell pkg-config --libs $(PACKAGES) 2>&-) -lcmark-gfm-extensions -lstemmer -lmagic -lm
STD	 = -std=c11 -D_GNU_SOURCE -Isrc $(INCLUDE)
WARN	 = -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes \
	   -Wmissing-prototypes -Wconversion -Wcast-qual -Wpointer-arith \
	   -Wvla -Wwrite-strings -Wformat=2 -Wundef -Wnull-dereference
HARDEN	 = -fstack-protector-strong -D_FORTIFY_SOURCE=2
CFLAGS	 = $(STD) $(WARN) $(HARDEN) -O2 -g -fPIC -fvisibility=hidden -MMD -MP
LDFLAGS	 = -Wl,-z,relro,-z,now
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all
SANFLAGS = $(STD) $(WARN) $(SANITIZE) -O1 -g -MMD -MP
FUZZFLAGS = $(STD) -fsanitize=fuzzer,address,undefined -O1 -g -MMD -MP

KORE	 = src/main.c src/guard.c src/answer.c
DATA	 = $(wildcard src/base/*.c src/data/*.c)
SITE	 = $(DATA) $(wildcard src/view/*.c src/web/*.c src/features/*.c) src/routes.c
CLI	 = $(wildcard src/cli/*.c)
PART	 = $(SITE) $(filter-out src/cli/main.c,$(CLI))
HEADERS	 = $(wildcard src/*.h src/*/*.h)
CHECKS	 = $(patsubst tests/%.c,$B/%,$(wildcard tests/test_*.c))
FUZZ	 = $(patsubst tests/%.c,$B/%,$(wildcard tests/fuzz_*.c))
SCRIPTS	 = $(wildcard tests/test_*.sh tests/browser/*.test.mjs)
# One more than there are processors: many tests wait, for a server or a clock.
RUN	 = B=$B MUTUA=$B/mutua JOBS=$(shell expr `nproc` + 1) tests/run.pl
CONTENT	 = $(shell find content schema -type f)

# Before a long command: a short line in its place.
say	 = $(if $V,,@printf '%-6s %s\n' $1 $@; )

all: $B/mutua.so $B/mutua

$B/mutua.so: $(patsubst src/%.c,$B/%.o,$(KORE) $(SITE))
	$(call say,$(CC))$(CC) -shared $(LDFLAGS) -o $@.new $^ $(LIBS)
	@mv $@.new $@

# The command line knows no pages: it is made of base, data, view and cli.  It
# has the module loaded that lies beside it, which is not to be older.
$B/mutua: $(patsubst src/%.c,$B/%.o,$(CLI) $(wildcard src/view/*.c)) $B/data.a | $B/mutua.so
	$(call say,$(CC))$(CC) $(LDFLAGS) -o $@.new $^ $(LIBS)
	@mv $@.new $@

$B/data.a: $(patsubst src/%.c,$B/%.o,$(DATA))
$B/part.a: $(patsubst src/%.c,$B/%.o,$(PART))
$B/san/part.a: $(patsubst src/%.c,$B/san/%.o,$(PART))
$B/fuzz/part.a: $(patsubst src/%.c,$B/fuzz/%.o,$(PART))

%.a:
	@rm -f $@
	$(call say,ar)ar rcs $@ $^

$B/%.o: src/%.c
	@mkdir -p $(@D)
	$(call say,$(CC))$(CC) $(CFLAGS) -c -o $@ $<

# Kore's structures differ by what it was built with.
$B/main.o $B/guard.o $B/answer.o: CFLAGS += $(shell cat /usr/share/kore/features)

# Everything once more with the sanitizers, for the tests, and for libFuzzer.
$B/san/%.o: src/%.c
	@mkdir -p $(@D)
	$(call say,$(CC))$(CC) $(SANFLAGS) -c -o $@ $<

$B/fuzz/%.o: src/%.c
	@mkdir -p $(@D)
	$(call say,clang)clang $(subst fuzzer,fuzzer-no-link,$(FUZZFLAGS)) -c -o $@ $<

$B/test_%: tests/test_%.c $B/san/part.a
	$(call say,$(CC))$(CC) $(SANFLAGS) -o $@ $< $B/san/part.a $(LIBS)

$B/fuzz_%: tests/fuzz_%.c $B/fuzz/part.a
	$(call say,clang)clang $(FUZZFLAGS) -o $@ $< $B/fuzz/part.a $(LIBS)

# Under valgrind the programs are the ones that are installed.
$B/plain/test_%: tests/test_%.c $B/part.a
	@mkdir -p $(@D)
	$(call say,$(CC))$(CC) $(CFLAGS) -o $@ $< $B/part.a $(LIBS)

$B/generate: tests/bench/generate.c $B/data.a
	$(call say,$(CC))$(CC) $(CFLAGS) -o $@ $< $B/data.a $(LIBS)

deps:
	@sh conf/packages.sh run

run: deps
	@$(MAKE) -s var/loaded
	@exec $B/mutua serve --data var --listen $(LISTEN)

# Loading again what has not changed changes nothing, but takes a moment.
var/loaded: $B/mutua $B/mutua.so $(CONTENT)
	@$B/mutua init --data var
	@$B/mutua load --data var content
	@touch $@

test:
	@sh conf/packages.sh test
	@$(MAKE) -s everything-to-test
	@$(RUN) $(CHECKS) $(SCRIPTS)

check: all $(CHECKS)
	@$(RUN) $(CHECKS)

everything-to-test: all $(CHECKS) tests/node_modules/.made

tests/node_modules/.made: tests/package-lock.json
	npm ci --prefix tests --no-audit --no-fund
	@touch $@

memcheck: develop all $(patsubst $B/%,$B/plain/%,$(CHECKS))
	@UNDER='valgrind -q --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --error-exitcode=1' \
	    $(RUN) $(patsubst $B/%,$B/plain/%,$(CHECKS))

fuzz: develop all $(FUZZ)
	@for f in $(notdir $(FUZZ)); do \
		mkdir -p $B/corpus/$$f tests/corpus/$$f; \
		$B/$$f -max_total_time=$(SECONDS) -max_len=4096 -artifact_prefix=$B/$$f- \
		    $B/corpus/$$f tests/corpus/$$f > $B/$$f.log 2>&1 || \
		    { tail -n 40 $B/$$f.log; exit 1; }; \
		echo "$$f: $$(tail -n 1 $B/$$f.log)"; \
	done

soak: everything-to-test
	@KILLS=$(KILLS) B=$B node tests/soak/durability.mjs

bench: develop all $B/generate
	@B=$B sh tests/bench/run.sh

bench-feeds: develop all
	@B=$B sh tests/bench/feeds.sh

lint: develop
	@STD='$(STD)' WARN='$(WARN)' sh tests/lint.sh

format:
	clang-format -i $(wildcard src/*.[ch] src/*/*.[ch] tests/*.[ch] tests/bench/*.c)

develop:
	@sh conf/packages.sh develop

screenshot: tests/node_modules/.made
	@node tests/screenshot.mjs http://$(LISTEN)/en/ assets/screenshot.png

map:
	npm install --no-audit --no-fund --prefix $B/map world-atlas@2 topojson-client@3 d3-geo@3 iso-3166@4
	@node assets/map/make-map.mjs $B/map > $B/map/map.yaml
	@mv $B/map/map.yaml content/map.yaml

clean:
	rm -rf build

.PHONY: all deps run test check everything-to-test memcheck fuzz soak bench bench-feeds lint format \
	develop screenshot map clean
.SECONDARY:
-include $(wildcard $B/*.d $B/*/*.d $B/*/*/*.d)
