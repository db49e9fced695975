/** The demo shop page's few moving parts. A real shop needs no more than the two lines its docs name. */
const chat = document.querySelector('ramah-chat');

for (const button of document.querySelectorAll('[data-ask]')) button.onclick = () => chat.ask(button.dataset.ask);

/** What the gateway offers only in demo mode: null elsewhere. */
async function demo(path) {
  const answer = await fetch(`/demo/${path}`, { credentials: 'omit' });
  return answer.ok ? answer.json() : null;
}

const customerToken = async () => (await demo('customer-token'))?.token;

/** Siti logs in and out: each time another shopper as far as the chat knows. */
function offerLogin(login) {
  const show = (on) => {
    login.setAttribute('aria-pressed', on);
    login.textContent = on ? 'Siti is logged in · log out' : 'Log in as Siti (demo)';
    chat.customerToken = on ? customerToken : null;
  };
  login.hidden = false;
  show(sessionStorage.getItem('shop:login') === 'siti');
  login.onclick = () => {
    const on = login.getAttribute('aria-pressed') !== 'true';
    if (on) sessionStorage.setItem('shop:login', 'siti');
    else sessionStorage.removeItem('shop:login');
    show(on);
    chat.forget();
  };
}

function hint(orders) {
  const guests = orders.filter(({ customer }) => !customer).slice(0, 8);
  const row = ({ number, email, postcode, about }) => {
    const line = document.createElement('tr');
    for (const text of [number, `${email} or ${postcode}`, about]) line.insertCell().textContent = text;
    return line;
  };
  document.querySelector('#hint tbody').append(...guests.map(row));
  document.querySelector('#hint').hidden = false;
}

const [token, orders] = await Promise.all([demo('customer-token'), demo('orders.json')]);
if (token) offerLogin(document.querySelector('#login'));
if (orders?.length) hint(orders);
