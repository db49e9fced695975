import { api, of } from './api.js';
import { emit, keep } from './state.js';
import { t } from './words.js';

/** What was written and the server has not confirmed: kept over a reload, sent in order, once (its `client_id` is unique). */
const confirmed = new Map(); // stored by the server, not yet back as a message: client_id -> entry
let sending = false;
let tries = 0;
let timer = 0;

const byTime = (one, other) => one.at.localeCompare(other.at);

export const pending = (id) =>
	[...confirmed.values()].filter((one) => one.conversation_id === id).concat(keep.parts(`out:${id}:`).map(keep.get)).sort(byTime);

const all = () => keep.parts('out:').map(keep.get).sort(byTime);

const place = ({ conversation_id, client_id }) => `out:${conversation_id}:${client_id}`;

const newId = () => `d${Date.now()}-${crypto.getRandomValues(new Uint32Array(2)).join('')}`;

/** `entry`: {conversation_id, kind: reply | note | whisper, text} or {conversation_id, kind: reply, photo}. */
export function say(entry) {
	const whole = { client_id: newId(), at: new Date().toISOString(), ...entry };
	keep.set(place(whole), whole);
	emit('pending');
	return flush();
}

/** It came back from the server, by whichever way was quicker. */
export function settle({ client_id }) {
	if (!client_id) return;
	const [part] = keep.parts('out:').filter((one) => one.endsWith(`:${client_id}`));
	if (part) keep.set(part);
	if (confirmed.delete(client_id) || part) emit('pending');
}

/** What is known of the notes is new: none is on its way any more. */
export function settleNotes() {
	for (const [client_id, { kind }] of confirmed) if (kind !== 'reply') confirmed.delete(client_id);
	emit('pending');
}

export function drop(entry) {
	keep.set(place(entry));
	emit('pending');
}

export function again(entry) {
	keep.set(place(entry), { ...entry, failed: undefined });
	emit('pending');
	return flush();
}

function deliver({ conversation_id: id, kind, client_id, text, photo }) {
	if (kind !== 'reply') return api.post(of(id, 'notes'), { client_id, text, kind });
	return api.post(of(id, 'messages'), photo ? { client_id, photo } : { client_id, text });
}

/** An answer that was refused holds back those after it: they may lean on it. */
function next() {
	const stuck = new Set();
	for (const one of all()) {
		if (one.failed) stuck.add(one.conversation_id + one.kind);
		else if (!stuck.has(one.conversation_id + one.kind)) return one;
	}
	return null;
}

export async function flush() {
	clearTimeout(timer);
	if (sending) return;
	sending = true;
	try {
		for (let entry = next(); entry; entry = next()) {
			try {
				await deliver(entry);
				tries = 0;
				sent(entry);
			} catch (refusal) {
				if (!(refusal instanceof Error) || refusal.status === undefined) throw refusal;
				if (refusal.passing) {
					if (refusal.status !== 401) timer = setTimeout(flush, Math.max(1000 * (refusal.after || 0), Math.min(15_000, 700 * 2 ** tries++)));
					return;
				}
				keep.set(place(entry), { ...entry, failed: refusal.message || t('refusal.unknown', { status: refusal.status }) });
				emit('pending');
			}
		}
	} finally {
		sending = false;
	}
}

/** Its message may be here already, or come in a moment: until then it stands where it was. */
function sent(entry) {
	if (keep.get(place(entry))) confirmed.set(entry.client_id, { ...entry, confirmed: true });
	drop(entry);
	emit('sent', entry);
}
