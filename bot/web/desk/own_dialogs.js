import { GROUPS, known, nameOf, shown } from './actions.js';
import { api } from './api.js';
import { ask, dialog } from './dialogs.js';
import { el } from './dom.js';
import { letters } from './keys.js';
import { toast } from './toast.js';
import { t } from './words.js';

/** Every key that there is. */
export function help() {
	const line = (one) => [el('dt', one.keys.split(' ').map((each) => el('kbd', shown(each))), one.also && [' ', el('kbd', shown(one.also))]), el('dd', nameOf(one))];
	const group = (name) => {
		const list = known().filter((one) => one.group === name && one.keys);
		return list.length > 0 && el('section', el('h3', t(`group.${name}`)), el('dl.keys', list.map(line)));
	};
	const box = el('input', { type: 'checkbox', checked: letters.on, onchange: () => (letters.on = box.checked) });
	const compose = [['Enter', 'key.send'], ['Shift+Enter', 'key.line'], ['/', 'key.canned'], ['@', 'key.mention'], ['Tab', 'key.suggestion'], ['Ctrl+Enter', 'key.anyway']];
	const writing = el('section', el('h3', t('group.composer')), el('dl.keys', compose.map(([keys, name]) => [el('dt', el('kbd', keys)), el('dd', t(name))])));
	return dialog(t('action.help'), () => [el('label.check', box, el('span', t('letters.use'))), el('div.help-columns', GROUPS.map(group), writing)], 'wide');
}

export async function changePassword() {
	const fields = [
		{ name: 'old', label: t('password.old'), type: 'password', required: true, autocomplete: 'current-password' },
		{ name: 'new', label: t('password.new'), type: 'password', required: true, autocomplete: 'new-password', minLength: 12, help: t('password.help') },
	];
	if (await ask(t('action.password'), fields, (values) => api.post('/password', values), { submit: t('save') })) toast(t('done.password'));
}
