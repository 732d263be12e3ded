#!/usr/bin/perl
# run.pl TEST…: run tests that print TAP, then say how many claims held.
#
# A test is a program, a *.sh or a *.mjs for node.  One that dies, or that makes
# fewer claims than it promised, counts as one failure more.  What a test said
# is kept in tap/ of the build directory.  UNDER is put before programs
# (valgrind); JOBS tests run at once.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Path qw(make_path remove_tree);
use TAP::Harness;

my $said = ($ENV{B} // 'build') . '/tap';
remove_tree($said);
make_path($said);
binmode($_, ':encoding(UTF-8)') for *STDOUT, *STDERR;
$ENV{PERL_TEST_HARNESS_DUMP_TAP} = $said;

sub words {
	my ($test) = @_;
	return ('sh', '-c', 'echo 1..1; echo "not ok 1 - $0 was built"', $test)
	    unless -e $test;
	return ('sh', $test) if $test =~ /\.sh$/;
	return ('node', '--test-reporter=tap', $test) if $test =~ /\.mjs$/;
	return (split(' ', $ENV{UNDER} // ''), $test);
}

# What it says on stderr is kept beside what it says on stdout.  (To the harness
# both are one: an end of a stderr of its own would have it wait for the next
# line of that test alone, while others that have ended are not followed.)
sub command {
	my ($harness, $test) = @_;
	make_path(dirname("$said/$test"));
	return ['sh', '-c', 'exec 2> "$0"; exec "$@"', "$said/$test.err", words($test)];
}

# What failed in a test, with the remarks that follow.
sub show_failures {
	my ($test) = @_;
	my $show = 0;

	print "\n$test\n";
	open(my $tap, '<:encoding(UTF-8)', "$said/$test") or return;
	while (<$tap>) {
		$show = /^\s*not ok/ && !/# TODO/ ? 20 : $show - 1 if /^\s*not ok|^[# ]/;
		$show = 0 if /^\s*ok/;
		print "  $_" if $show > 0 || /^Bail out/;
	}
	open(my $err, '<:encoding(UTF-8)', "$said/$test.err") or return;
	my @lines = <$err>;
	splice(@lines, 20);
	print "  stderr: $_" for @lines;
}

# Those that start servers and browsers take longest, and begin first.
my @tests = sort { ($b =~ /\.mjs$/) <=> ($a =~ /\.mjs$/)
    or ($b =~ /\.sh$/) <=> ($a =~ /\.sh$/) or $a cmp $b } @ARGV;
my $harness = TAP::Harness->new({
	exec => \&command,
	jobs => $ENV{JOBS} || 1,
	merge => 1,
	timer => 1,
	verbosity => $ENV{VERBOSE} ? 1 : 0,
});
my $result = $harness->runtests(@tests);
my $failed = $result->failed + $result->parse_errors;
for my $test ($result->descriptions) {
	my ($parser) = $result->parsers($test);
	next unless $parser->has_problems;
	$failed++ unless $parser->failed || $parser->parse_errors;
	show_failures($test);
}
printf "\n%d passed, %d failed\n", scalar $result->passed, $failed;
exit($failed > 0 ? 1 : 0);
