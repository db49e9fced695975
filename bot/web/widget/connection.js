/** Throws the server's refusal; `after`: seconds. */
export async function call(url, token, body) {
	const headers = token ? { Authorization: `Bearer ${token}` } : {};
	const json = body && !(body instanceof Blob);
	if (json) headers['Content-Type'] = 'application/json';
	const answer = await fetch(url, {
		method: body ? 'POST' : 'GET',
		headers,
		body: json ? JSON.stringify(body) : body,
		credentials: 'omit',
		signal: AbortSignal.timeout(6e4),
	});
	if (answer.ok) return answer;
	const { status } = answer;
	const { detail } = await answer.json().catch(() => ({}));
	throw Object.assign(Error(detail ?? status), { status, after: answer.headers.get('Retry-After'), ended: status === 401 || status === 404 });
}

/** Milliseconds: doubling to half a minute, spread. */
export const backoff = (tries) => Math.min(3e4, 1000 * 2 ** tries) * (0.5 + Math.random() / 2);

/** Hears everything: by socket, or by asking where none opens. `to`: last(), redrawn(), frame(), live(), ended(). */
export function connect(url, token, to) {
	let heard = 0;
	let tries = 0;
	let socket;
	let timer;

	const send = (frame) => socket?.readyState === 1 && socket.send(JSON.stringify(frame));

	function close() {
		clearTimeout(timer);
		const old = socket;
		socket = null;
		old?.close();
	}

	function open() {
		const mine = (socket = new WebSocket(`${url.replace('http', 'ws')}/stream`));
		let opened;
		setTimeout(() => opened || mine.close(), 9000);
		mine.onopen = () => {
			opened = heard = Date.now();
			send({ token, after: to.last(), redrawn: to.redrawn() });
			to.live(true);
		};
		mine.onmessage = ({ data }) => {
			heard = Date.now();
			if (mine === socket) to.frame(JSON.parse(data));
		};
		mine.onclose = ({ code }) => {
			if (mine !== socket) return;
			if (Date.now() - opened > 5000) tries = 0;
			if (code === 4401) to.ended();
			else ask(mine);
		};
	}

	async function ask(mine) {
		let pause = backoff(tries++);
		try {
			const { messages, redrawn, owner } = await (await call(`${url}/messages?after=${to.last()}&redrawn=${to.redrawn()}`, token)).json();
			if (mine !== socket) return;
			for (const message of redrawn) to.frame({ type: 'redrawn', message });
			for (const message of messages) to.frame({ type: 'message', message });
			to.frame({ type: 'owner', owner });
			to.live(true);
			pause = Math.min(pause, 3000);
		} catch ({ ended }) {
			if (mine !== socket) return;
			if (ended) return to.ended();
			to.live(false);
		}
		timer = setTimeout(open, pause);
	}

	open();
	return {
		send,
		close,
		// A socket that slept may be dead and not know it.
		wake() {
			if (socket?.readyState === 1 && Date.now() - heard < 3e4) return;
			close();
			tries = 0;
			open();
		},
	};
}

/** What all tabs of a shop remember. */
export function keeper(name) {
	let store = {};
	try {
		store = localStorage;
	} catch {
		// blocked: in memory
	}
	return {
		name,
		get: (part) => JSON.parse(store[name + part] ?? null),
		set(part, value) {
			try {
				if (value == null) delete store[name + part];
				else store[name + part] = JSON.stringify(value);
			} catch {
				store = { ...store, [name + part]: JSON.stringify(value) }; // full: in memory
			}
		},
		parts(start) {
			const keys = Object.keys(store).filter((key) => key.startsWith(name + start));
			return keys.map((key) => key.slice(name.length)).sort();
		},
	};
}

/** What was said and not yet confirmed: sent in order, once, by one tab at a time. */
export function outboxOf(keep, deliver, changed) {
	let tries = 0;
	let timer;

	async function send() {
		let entry;
		while ((entry = outbox.entries.find(({ failed }) => !failed))) {
			try {
				await deliver(entry);
				tries = 0;
				outbox.remove(entry);
			} catch ({ status, ended, message, after }) {
				if (status < 500 && status !== 429 && !ended) outbox.put({ ...entry, failed: message });
				else {
					timer = setTimeout(outbox.flush, Math.max(backoff(tries++), 1000 * after || 0));
					return;
				}
			}
		}
	}

	const outbox = {
		get entries() {
			return keep.parts('out:').map(keep.get);
		},
		add(entry) {
			const client_id = `${Date.now()}-${crypto.getRandomValues(new Uint32Array(3)).join('')}`;
			outbox.put({ client_id, at: new Date(), ...entry });
			outbox.flush();
		},
		put(entry) {
			keep.set(`out:${entry.client_id}`, entry);
			changed();
		},
		remove({ client_id }) {
			keep.set(`out:${client_id}`);
			changed();
		},
		flush() {
			clearTimeout(timer);
			// No locks on plain http: the server knows client_id.
			if (outbox.entries[0]) navigator.locks?.request(keep.name, send) ?? send();
		},
	};
	return outbox;
}
