import { csrfToken } from './api.js';

const LONGEST = 20_000; // milliseconds between two tries
const SILENCE = 60_000; // a socket that slept may be dead and not know it
const STEADY = 5_000;
const OPENS_WITHIN = 9_000;

/** Milliseconds: doubling, spread, so that a hundred pages do not come back in one moment. */
const backoff = (tries) => Math.min(LONGEST, 500 * 2 ** tries) * (0.5 + Math.random() / 2);

/**
 * The desk's socket, opened again whenever it closes.
 * `to`: clock() and last() say what is known, follows() the conversation that is shown, hear(frame), live(bool), ended().
 */
export function openStream(to) {
	let socket = null;
	let tries = 0;
	let timer = 0;
	let heard = 0;
	let over = false;

	const ready = () => socket?.readyState === WebSocket.OPEN;
	const send = (frame) => ready() && (socket.send(JSON.stringify(frame)), true);

	function follow() {
		if (to.follows()) send({ type: 'follow', conversation_id: to.follows(), after: to.last() });
	}

	function connect() {
		clearTimeout(timer);
		if (over) return;
		const mine = new WebSocket(`${location.origin.replace('http', 'ws')}/desk/v1/stream`);
		let opened = 0;
		socket = mine;
		const tooLong = setTimeout(() => opened || mine.close(), OPENS_WITHIN);
		mine.onopen = () => {
			opened = heard = Date.now();
			send({ type: 'hello', csrf: csrfToken(), after: to.clock() });
			follow();
		};
		mine.onmessage = ({ data }) => {
			heard = Date.now();
			if (mine !== socket) return;
			const frame = JSON.parse(data);
			if (frame.type === 'ready') to.live(true); // until then it may still be refused
			to.hear(frame);
		};
		mine.onclose = ({ code }) => {
			clearTimeout(tooLong);
			if (mine !== socket) return;
			socket = null;
			to.live(false);
			if (code === 4401) to.ended();
			if (Date.now() - opened < STEADY) tries += 1;
			else tries = 0;
			timer = setTimeout(connect, backoff(tries));
		};
	}

	function wake() {
		if (over || (ready() && Date.now() - heard < SILENCE)) return;
		const old = socket;
		socket = null;
		old?.close();
		tries = 0;
		connect();
	}

	/** The browser says that there is no network: its sockets may take minutes to find out. */
	function lose() {
		const old = socket;
		socket = null;
		old?.close();
		to.live(false);
		clearTimeout(timer);
		timer = setTimeout(connect, backoff(tries));
	}

	const seen = () => document.hidden || wake();
	addEventListener('online', wake);
	addEventListener('offline', lose);
	document.addEventListener('visibilitychange', seen);
	connect();
	return {
		send,
		follow,
		unfollow: (id) => send({ type: 'unfollow', conversation_id: id }),
		close() {
			over = true;
			clearTimeout(timer);
			socket?.close();
			removeEventListener('online', wake);
			removeEventListener('offline', lose);
			document.removeEventListener('visibilitychange', seen);
		},
	};
}
