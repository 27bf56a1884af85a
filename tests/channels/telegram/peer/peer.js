// telegram-test-api as it is, and in front of the bot's webhook a door that adds the secret
// token, which that package keeps but does not send.
const http = require('http');
const TelegramServer = require('telegram-test-api');

const [apiPort, doorPort, botUrl, token] = process.argv.slice(2);
const api = new TelegramServer({ port: Number(apiPort), host: '127.0.0.1' });

const door = http.createServer((request, response) => {
  const headers = { 'content-type': 'application/json' };
  headers['x-telegram-bot-api-secret-token'] = api.webhooks[token].secret_token;
  const inner = http.request(`${botUrl}${request.url}`, { method: 'POST', headers }, (answer) => {
    response.writeHead(answer.statusCode);
    answer.pipe(response);
  });
  request.pipe(inner);
});

api.start().then(() => door.listen(Number(doorPort), '127.0.0.1'));
