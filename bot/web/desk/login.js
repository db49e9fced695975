import { api } from './api.js';
import { el } from './dom.js';
import { LANGUAGES, language, speak, t } from './words.js';

/** The page before the desk. Gives what the server answers when the agent is in. */
export function login(why = '') {
	return new Promise((done) => {
		const error = el('p.error', { role: 'alert' }, why);
		const email = el('input', { type: 'email', id: 'email', name: 'email', autocomplete: 'username', required: true, maxLength: 320 });
		const password = el('input', { type: 'password', id: 'password', name: 'password', autocomplete: 'current-password', required: true });
		const go = el('button.main', { type: 'submit' }, t('login.go'));
		const tongue = el('select', { id: 'tongue', onchange: () => speak(tongue.value) }, Object.entries(LANGUAGES).map(([value, label]) => el('option', { value, selected: value === language, lang: value }, label)));
		const form = el(
			'form.login',
			{ noValidate: true },
			el('h1', t('title')),
			el('p.muted', t('login.what')),
			error,
			el('div.field', el('label', { htmlFor: 'email' }, t('login.email')), email),
			el('div.field', el('label', { htmlFor: 'password' }, t('login.password')), password),
			go,
			el('div.field.inline', el('label', { htmlFor: 'tongue' }, t('page.language')), tongue),
		);
		form.onsubmit = async (event) => {
			event.preventDefault();
			const empty = [email, password].find((one) => !one.value.trim());
			if (empty) {
				error.textContent = t('login.missing');
				return empty.focus();
			}
			go.disabled = true;
			error.textContent = '';
			try {
				done(await api.post('/login', { email: email.value.trim(), password: password.value }));
			} catch (refusal) {
				error.textContent = refusal.message;
				password.value = '';
				password.focus();
			} finally {
				go.disabled = false;
			}
		};
		document.title = t('title');
		document.body.replaceChildren(el('main.login-page', form));
		email.focus();
	});
}
