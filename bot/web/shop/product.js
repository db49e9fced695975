/** The demo shop's product page: the id stands behind the address's "#". */
const answer = await fetch('/demo/products.json', { credentials: 'omit' });
const products = answer.ok ? await answer.json() : [];
const at = (id) => document.getElementById(id);

function show() {
  const product = products.find(({ id }) => id === decodeURIComponent(location.hash.slice(1)));
  if (!product) return;
  document.title = `${product.title} · Kedai Ramah`;
  at('title').textContent = product.title;
  at('description').textContent = product.description;
  at('price').textContent = product.price;
  at('options').replaceChildren(
    ...product.options.map(({ name, values }) => {
      const line = document.createElement('li');
      line.textContent = `${name}: ${values.join(', ')}`;
      return line;
    }),
  );
  at('ask').hidden = false;
  at('ask').onclick = () => document.querySelector('ramah-chat').ask(`Is the ${product.title} in stock?`);
}

show();
addEventListener('hashchange', show);
