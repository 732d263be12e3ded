#!/usr/bin/perl
# run.pl TEST…: run tests that print TAP, then say how many claims held.
#
# A test is a program, a *.sh or a *.mjs for node.  One that dies, or that makes
# fewer claims than it promised, counts as one failure more.  UNDER is put before
# programs (valgrind).
use strict;
use warnings;
use TAP::Harness;

sub command {
	my ($harness, $test) = @_;
	return ['sh', $test] if $test =~ /\.sh$/;
	return ['node', '--test', '--test-reporter=tap', $test] if $test =~ /\.mjs$/;
	return [split(' ', $ENV{UNDER} // ''), $test];
}

my $harness = TAP::Harness->new({
	exec => \&command,
	merge => 0,
	verbosity => $ENV{VERBOSE} ? 1 : 0,
	timer => 1,
});
my $result = $harness->runtests(@ARGV);
my $failed = $result->failed + $result->parse_errors;
for my $parser ($result->parsers) {
	$failed++ if $parser->exit && !$parser->failed && !$parser->parse_errors;
}
printf "%d passed, %d failed\n", scalar $result->passed, $failed;
exit($failed > 0 ? 1 : 0);
