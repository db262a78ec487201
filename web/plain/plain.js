// Sends the query to /graphql and shows the answer as it came. The answer is only ever put in as text.
'use strict';

const field = (id) => document.getElementById(id);

async function ask() {
  const request = { query: field('query').value };
  const variables = field('variables').value.trim();
  if (variables !== '') {
    try {
      request.variables = JSON.parse(variables);
    } catch (error) {
      return show('The variables are not JSON: ' + error.message, '');
    }
  }
  const headers = {
    'Content-Type': 'application/json',
    Accept: 'application/graphql-response+json, application/json;q=0.9',
  };
  const token = field('token').value.trim();
  if (token !== '') {
    headers.Authorization = 'Bearer ' + token;
  }
  show('Running…', '');
  const begin = performance.now();
  try {
    const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(request) });
    const text = await response.text();
    const milliseconds = Math.round(performance.now() - begin);
    show('HTTP ' + response.status + ', ' + milliseconds + ' ms, ' + text.length + ' characters', indented(text));
  } catch (error) {
    show('The server did not answer: ' + error.message, '');
  }
}

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function show(status, result) {
  field('status').textContent = status;
  field('result').textContent = result;
}

field('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  ask();
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    ask();
  }
});
