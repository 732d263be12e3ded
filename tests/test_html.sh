#!/bin/sh
# Is it valid HTML?  Of the pages that test_pages met, those that have anything
# no other has.
B=${B-build}
[ -d "$B/pages" ] || "$B/test_pages" > /dev/null
exec node tests/validate.mjs "$B/pages"
