-- Asks for the paths in a file, line by line; each thread begins elsewhere.
local paths, at = {}, 0
local threads = 0

function setup(thread)
	thread:set("number", threads)
	threads = threads + 1
end

function init(args)
	for line in io.lines(args[1]) do
		paths[#paths + 1] = line
	end
	at = number * 997
end

function request()
	at = at + 1
	return wrk.format(nil, paths[at % #paths + 1])
end
