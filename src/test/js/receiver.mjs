// A callback as its users write it: verifies with standardwebhooks and parses CloudEvents with cloudevents. Prints its port;
// answers 401 to what is not signed with the secret it is started with; GET / lists what it took.
import http from 'node:http';
import { HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.argv[2]);
const taken = [];

function take(headers, body) {
  const message = webhook.verify(body, headers); // throws where it is not signed
  if (headers['content-type'] !== 'application/cloudevents-batch+json') {
    return message.message.events.map((event) => `${event.eventType} ${event.objectId}`);
  }
  return HTTP.toEvent({ headers, body }).map((event) => {
    event.validate(); // throws where it is none
    return `${event.type} ${event.subject} ${event.source} ${JSON.stringify(event.data.raw)}`;
  });
}

const server = http.createServer(async (request, response) => {
  if (request.method === 'GET') {
    response.end(taken.join('\n'));
    return;
  }
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    body += chunk;
  }
  try {
    taken.push(...take(request.headers, body));
    response.statusCode = 204;
  } catch (error) {
    taken.push(`refused: ${error.message}`);
    response.statusCode = 401;
  }
  response.end();
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
