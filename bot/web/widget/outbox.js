import { backoff } from './connection.js';

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
