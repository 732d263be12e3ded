// A mail server for tests: node tests/smtp_sink.mjs PORT DIR [KEY CERTIFICATE]
//
// It speaks SMTP as RFC 5321 has it and writes each mail it takes to DIR/N.eml
// as it came, dots unstuffed, with the envelope in N.env; what is said to it
// stands in DIR/log.  DIR/answer, read before each command, makes it difficult:
//
//	rcpt 550 5.1.1 no such user	answers RCPT with this
//	mail 451 4.3.0 not now		answers MAIL, data the end of DATA, and
//	auth 535 …			AUTH likewise
//	drop data			closes the connection at that command
//	slow 500			milliseconds before each answer
//	auth on				lets nobody in who has not signed in
//
// It signs in ana with the password "open sesame", and speaks TLS from
// the start if it has a key.
import fs from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';

const [port, dir] = [Number(process.argv[2]), process.argv[3]];
let taken = 0;

// The line of DIR/answer that begins with a word, without it.
function answer(word) {
	let lines = [];
	try {
		lines = fs.readFileSync(`${dir}/answer`, 'utf8').split('\n');
	} catch {
		// no file: it is an easy day
	}
	const line = lines.find(l => l.startsWith(`${word} `));
	return line && line.slice(word.length + 1);
}

function log(line) {
	fs.appendFileSync(`${dir}/log`, `${line}\n`);
}

const pause = ms => new Promise(done => setTimeout(done, ms));

class Session {
	constructor(socket) {
		this.socket = socket;
		this.text = '';
		this.known = false;
		this.reset();
		this.busy = this.say('220 sink.test ESMTP');
	}

	reset() {
		this.from = null;
		this.to = [];
		this.data = null;
	}

	async say(line) {
		await pause(Number(answer('slow') ?? 0));
		this.socket.write(`${line}\r\n`);
	}

	take(chunk) {
		this.text += chunk.toString('latin1');
		this.busy = this.busy.then(() => this.read());
	}

	async read() {
		let end;
		while ((end = this.text.indexOf('\r\n')) !== -1) {
			const line = this.text.slice(0, end);
			this.text = this.text.slice(end + 2);
			await (this.data ? this.content(line)
				: this.asked ? this.sign_in(line) : this.command(line));
		}
	}

	// A line that begins with a dot has one more than was written.
	async content(line) {
		if (line !== '.') {
			this.data.push(line.startsWith('.') ? line.slice(1) : line);
			return;
		}
		if (answer('drop') === 'end')
			return this.socket.destroy();
		const no = answer('data');
		if (!no) {
			taken++;
			fs.writeFileSync(`${dir}/${taken}.env`, `${this.from}\n${this.to.join('\n')}\n`);
			fs.writeFileSync(`${dir}/${taken}.eml`, this.data.map(l => `${l}\r\n`).join(''), 'latin1');
		}
		this.reset();
		if (answer('drop') === 'answer')
			return this.socket.destroy();
		await this.say(no ?? '250 2.0.0 taken');
	}

	async command(line) {
		const verb = line.slice(0, 4).toUpperCase();
		log(verb === 'AUTH' ? 'AUTH' : line);
		if (answer('drop') === verb.toLowerCase())
			return this.socket.destroy();
		const no = answer(verb.toLowerCase());
		if (no && /^[245]/.test(no) && verb !== 'DATA')
			return this.say(no);
		switch (verb) {
		case 'EHLO':
			return this.say('250-sink.test\r\n250-AUTH PLAIN\r\n250-SIZE 10000000\r\n250 8BITMIME');
		case 'AUTH':
			return this.sign_in(line);
		case 'MAIL':
			if (answer('auth') === 'on' && !this.known)
				return this.say('530 5.7.0 sign in first');
			this.from = line.match(/<(.*)>/)[1];
			return this.say('250 2.1.0 ok');
		case 'RCPT':
			this.to.push(line.match(/<(.*)>/)[1]);
			return this.say('250 2.1.5 ok');
		case 'DATA':
			this.data = [];
			return this.say('354 go on');
		case 'RSET':
			this.reset();
			return this.say('250 2.0.0 ok');
		case 'QUIT':
			await this.say('221 2.0.0 bye');
			return this.socket.end();
		default:
			return this.say('502 5.5.1 what?');
		}
	}

	// The words may come with the command, or when asked for.
	async sign_in(line) {
		const sent = line.split(' ').at(-1);
		this.asked = line === 'AUTH PLAIN';
		if (this.asked)
			return this.say('334 ');
		this.known = Buffer.from(sent, 'base64').toString() === '\0ana\0open sesame';
		return this.say(this.known ? '235 2.7.0 welcome' : '535 5.7.8 who?');
	}
}

function meet(socket) {
	log('CONNECT');
	const session = new Session(socket);
	socket.on('data', chunk => session.take(chunk));
	socket.on('error', () => {});
}

const [key, cert] = process.argv.slice(4).map(file => fs.readFileSync(file));
const server = key ? tls.createServer({ key, cert }, meet) : net.createServer(meet);
server.on('tlsClientError', () => {});
server.listen(port, '127.0.0.1', () => console.log('ready'));
