import { api } from './api.js';
import { ask } from './dialogs.js';
import { button, el, pill } from './dom.js';
import { presenceMark } from './overview.js';
import { on, state } from './state.js';
import { attempt, toast } from './toast.js';
import { LANGUAGES, languageName, t } from './words.js';

const ROLES = ['agent', 'supervisor', 'trainer', 'admin'];

function fields(one) {
	const languages = [...new Set([...(state.desk.languages ?? Object.keys(LANGUAGES)), ...(one?.languages ?? [])])];
	const teams = Object.entries(state.desk.teams ?? {}).map(([value, label]) => ({ value, label }));
	return [
		{ name: 'name', label: t('people.name'), value: one?.name, required: true, maxLength: 200, autocomplete: 'off' },
		{ name: 'email', label: t('people.email'), type: 'email', value: one?.email, required: true, autocomplete: 'off' },
		{ name: 'role', label: t('people.role'), type: 'select', value: one?.role ?? 'agent', options: ROLES.map((value) => ({ value, label: t(`role.${value}`) })), help: t('people.role.help') },
		{ name: 'languages', label: t('people.languages'), type: 'checkboxes', value: one?.languages ?? [], options: languages.map((value) => ({ value, label: languageName(value) })) },
		...(teams.length ? [{ name: 'teams', label: t('people.teams'), type: 'checkboxes', value: one?.teams ?? [], options: teams }] : []),
		{ name: 'capacity', label: t('people.capacity'), type: 'number', value: one?.capacity ?? '', min: 0, max: 1000, help: t('people.capacity.help') },
		{ name: 'password', label: t(one ? 'people.password.new' : 'people.password'), type: 'password', required: !one, minLength: 12, autocomplete: 'new-password', help: t('password.help') },
		...(one ? [{ name: 'active', label: t('people.state'), type: 'radio', value: one.active === false ? 'no' : 'yes', options: [{ value: 'yes', label: t('people.active') }, { value: 'no', label: t('people.inactive') }] }] : []),
	];
}

/** What was left empty stays as it is. */
function sent({ capacity, password, active, ...values }) {
	return { ...values, ...(capacity !== '' && { capacity: Number(capacity) }), ...(password && { password }), ...(active && { active: active === 'yes' }) };
}

/** Admins add and change who works here. */
export function people() {
	const body = el('tbody');
	const head = ['name', 'email', 'role', 'presence', 'languages', 'teams', 'capacity'].map((key) => el('th', { scope: 'col' }, t(`people.${key}`)));
	const add = button('main', () => edit(), t('people.add'));
	const more = el('th', { scope: 'col' }, el('span.hidden', t('actions')));
	const node = el(
		'section.page.people',
		{ ariaLabel: t('page.people') },
		el('header.page-head', el('h1', { tabIndex: -1 }, t('page.people')), add),
		el('div.page-body', el('div.table.sheet.wide', { tabIndex: 0, role: 'group', ariaLabel: t('page.people') }, el('table', el('thead', el('tr', head, more)), body))),
	);

	const line = (one) =>
		el(
			`tr${one.active === false ? '.gone' : ''}`,
			el('th', { scope: 'row' }, one.name),
			el('td', one.email),
			el('td', t(`role.${one.role}`)),
			el('td', one.active === false ? pill('quiet', t('people.inactive')) : presenceMark(one.presence)),
			el('td', one.languages.map(languageName).join(', ')),
			el('td', one.teams.map((id) => state.desk.teams?.[id] ?? id).join(', ')),
			el('td', `${one.capacity}`),
			el('td', button('', () => edit(one), t('people.edit'), el('span.hidden', ` ${one.name}`))),
		);

	async function look() {
		const { agents } = await api.get('/agents');
		body.replaceChildren(...agents.map(line));
	}

	async function edit(one) {
		const send = (values) => (one ? api.put(`/agents/${encodeURIComponent(one.id)}`, sent(values)) : api.post('/agents', sent(values)));
		if (!(await ask(one ? t('people.edit.title', { name: one.name }) : t('people.add'), fields(one), send, { submit: t('save') }))) return;
		toast(t('done.saved'));
		attempt(look);
	}

	on('place', () => state.place === 'people' && attempt(look));
	return node;
}
