#!/bin/sh
# What was acknowledged survives, whoever is killed: a few kills of the many
# that "make soak" has.
KILLS=${KILLS:-12} B=${B:-build} node tests/soak/durability.mjs
