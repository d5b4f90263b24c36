// An API of Fastify whose callers sign in at Understudy.
import { accountOf, Introspector } from '@understudy/client';
import { protect } from '@understudy/client/fastify';
import fastify from 'fastify';

const { LOGIN_URL = 'http://127.0.0.1:8080', APP_ID = 'my-api', APP_SIGNATURE = '', PORT = '3000' } = process.env;
const introspector = new Introspector({ url: LOGIN_URL, app: { id: APP_ID, signature: APP_SIGNATURE } });

const api = fastify({ logger: true });
await api.register(protect, { introspector });
api.get('/orders', (request) => ({ owner: accountOf(request).id, orders: [] }));
await api.listen({ host: '127.0.0.1', port: Number(PORT) });
