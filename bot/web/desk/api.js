import { language, t } from './words.js';

const PREFIX = '/desk/v1';
const PATIENCE = 30_000; // milliseconds
const signedOut = new Set();
let csrf = '';

/** What the server refused, in one sentence; `status` 0: it was not reached. */
export class Refusal extends Error {
	constructor(message, about = {}) {
		super(message);
		Object.assign(this, { status: 0, code: 'offline', body: {} }, about);
	}

	/** Worth another try with the same words: nothing was said against them. */
	get passing() {
		return this.status === 0 || this.status === 401 || this.status === 429 || this.status >= 500;
	}
}

export const setCsrf = (token) => (csrf = token ?? '');

export const csrfToken = () => csrf;

/** `fn()` when the session is over. */
export const onSignedOut = (fn) => signedOut.add(fn);

const query = (values = {}) => {
	const given = Object.entries(values).filter(([, value]) => value !== '' && value !== null && value !== undefined);
	return given.length ? `?${new URLSearchParams(given)}` : '';
};

async function call(method, path, body) {
	const headers = { 'Accept-Language': language, Accept: 'application/json' };
	if (method !== 'GET') headers['X-CSRF-Token'] = csrf;
	const binary = body instanceof Blob;
	if (binary) headers['Content-Type'] = body.type;
	else if (body !== undefined) headers['Content-Type'] = 'application/json';
	let answer;
	try {
		answer = await fetch(PREFIX + path, {
			method,
			headers,
			body: binary || body === undefined ? body : JSON.stringify(body),
			credentials: 'same-origin',
			signal: AbortSignal.timeout(PATIENCE),
		});
	} catch {
		throw new Refusal(t('refusal.offline'));
	}
	const said = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
	if (answer.ok) return said;
	if (answer.status === 401 && said.code !== 'wrong_login') signedOut.forEach((fn) => fn());
	const after = Number(answer.headers.get('Retry-After')) || 0;
	throw new Refusal(said.detail ?? t('refusal.unknown', { status: answer.status }), { status: answer.status, code: said.code, body: said, after });
}

export const api = {
	get: (path, values) => call('GET', path + query(values)),
	post: (path, body = {}) => call('POST', path, body),
	put: (path, body = {}) => call('PUT', path, body),
	remove: (path) => call('DELETE', path),
	upload: (path, blob) => call('POST', path, blob),
	/** Of a file that the session's cookie opens: an image's `src`. */
	url: (path) => PREFIX + path,
};

/** The path of a conversation's part: `of(id, 'notes')`. */
export const of = (id, part) => `/conversations/${encodeURIComponent(id)}${part ? `/${part}` : ''}`;
