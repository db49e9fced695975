import { call, connect, keeper, outboxOf } from './connection.js';

/** A conversation as this tab knows it. `page`: opening() gives what one begins with; changed(), ended(expired). */
export function conversationOn(server, page) {
	const url = `${server}/chat/v1/conversations`;
	const keep = keeper(`ramah:${server}:`);
	let session;
	let connection;
	let typed = 0;

	const path = (end) => `${url}/${session.id}/${end}`;

	const changed = (live = it.live) => {
		it.live = live;
		page.changed();
	};

	/** What this or another tab began or left. */
	function follow(expired) {
		const kept = keep.get('session');
		if (kept?.id !== session?.id) {
			connection?.close();
			Object.assign(it, { messages: [], owner: { kind: 'bot' }, typing: null, redrawn: 0, news: '' });
			if (session) page.ended(expired);
			session = kept;
			const to = { last: () => it.last, redrawn: () => it.redrawn, frame: hear, live: changed, ended: () => outbox.flush(expire(kept)) };
			connection = kept && connect(`${url}/${kept.id}`, kept.token, to);
		}
		changed();
	}

	/** Its buttons mean nothing in the next one; what was said does. */
	function expire({ id }) {
		if (keep.get('session')?.id === id) {
			for (const { client_id, at, text, image } of outbox.entries) outbox.put({ client_id, at, text, image });
			for (const part of ['session', 'read', ...keep.parts('draft:')]) keep.set(part);
		}
		follow(true);
	}

	function hear({ type, message, author, on, owner, seq }) {
		if (type === 'message' && message.seq > it.last) {
			it.messages.push(message);
			it.news = '';
			if (message.client_id) outbox.remove(message);
			else it.typing = null;
		}
		if (type === 'redrawn') {
			const { seq, card, labels, revision } = message;
			it.messages = it.messages.map((old) => (old.seq === seq ? message : old));
			it.redrawn = revision;
			it.news = `${labels.order.replace('{number}', card.number)}: ${card.state_label}`;
		}
		if (type === 'typing') it.typing = on && author.kind !== 'shopper' && author;
		if (type === 'owner') it.owner = owner;
		if (type === 'read') keep.set('read', Math.max(seq, keep.get('read')));
		changed();
	}

	async function deliver({ client_id, text, choice, values, image }) {
		let mine;
		try {
			if (!keep.get('session')) {
				const opening = await page.opening();
				const opened = await call(url, null, opening).catch((error) => {
					if (error.status !== 401) throw error;
					return call(url, null, { ...opening, customer_token: null }); // refused: on as a guest
				});
				const { conversation_id: id, token } = await opened.json();
				keep.set('session', { id, token });
			}
			follow();
			mine = session;
			let said = choice ? { choice, values } : { text };
			if (image) said = { photo: (await (await call(path('photos'), mine.token, await it.photo({ image }))).json()).photo_id };
			await call(path('messages'), mine.token, { client_id, ...said });
			changed(true);
		} catch (error) {
			if (mine && error.ended) expire(mine);
			else if (!error.status) changed(false);
			throw error;
		}
	}

	const outbox = outboxOf(keep, deliver, () => changed());

	const it = {
		keep,
		outbox,
		messages: [],
		owner: { kind: 'bot' },
		live: true,
		redrawn: 0,
		get begun() {
			return !!(session || outbox.entries[0]);
		},
		get last() {
			return it.messages.at(-1)?.seq ?? 0;
		},
		get unread() {
			const read = keep.get('read') ?? 0;
			return it.messages.filter(({ seq, author }) => seq > read && author.kind !== 'shopper').length;
		},
		seen() {
			keep.set('read', it.last);
			connection.send({ type: 'read', seq: it.last });
		},
		writing() {
			if (Date.now() - typed > 3000) connection?.send({ type: 'typing' }, (typed = Date.now()));
		},
		async photo({ photo_id, image }) {
			if (!image) return (await call(path(`photos/${photo_id}`), session.token)).blob();
			return new Blob([Uint8Array.from(atob(image), (char) => char.charCodeAt())], { type: 'image/jpeg' });
		},
		// Nothing is kept before the shopper has spoken.
		draft: (place) => keep.get(`draft:${place}`),
		setDraft(place, value) {
			if (it.begun) keep.set(`draft:${place}`, value);
		},
		forget() {
			keep.parts('').forEach((part) => keep.set(part));
			follow();
		},
		start() {
			const wake = () => {
				connection?.wake();
				outbox.flush();
			};
			addEventListener('storage', () => outbox.flush(follow()));
			addEventListener('online', wake);
			addEventListener('offline', () => changed(false));
			document.addEventListener('visibilitychange', () => document.hidden || wake());
			outbox.flush(follow());
		},
	};
	return it;
}
