import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createOrder } from './create-order.ts';
import { orderId } from './order-fields.ts';
import { ordersTable, type OrderStore } from './order-store.ts';
import type { Order } from './order.ts';

interface ApiDeps {
  readonly orders: OrderStore;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** The Lambda function behind `POST /orders`, `GET /orders/{id}` and `GET /orders/{id}/events`. Errors are RFC 9457 problems. */
export async function handler(request: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  try {
    return await answer(request, { orders: ordersTable(), now: () => new Date(), newId: randomUUID });
  } catch (error) {
    console.error(error);
    const unreachable = problem(503, 'The orders cannot be reached');
    return { ...unreachable, headers: { ...unreachable.headers, 'retry-after': '5' } };
  }
}

export async function answer(
  request: APIGatewayProxyEventV2,
  deps: ApiDeps,
): Promise<APIGatewayProxyStructuredResultV2> {
  if (request.routeKey === 'POST /orders') return create(request, deps);

  const id = orderId.safeParse(request.pathParameters?.id);
  if (!id.success) return problem(400, 'The order id is not a UUID');
  if (request.routeKey === 'GET /orders/{id}') {
    const order = await deps.orders.read(id.data);
    return order ? json(200, orderView(order)) : noSuchOrder(id.data);
  }
  if (request.routeKey === 'GET /orders/{id}/events') {
    const history = await deps.orders.history(id.data);
    return history ? json(200, { items: history.events }) : noSuchOrder(id.data);
  }
  return problem(404, 'There is nothing at this address');
}

async function create(
  request: APIGatewayProxyEventV2,
  deps: ApiDeps,
): Promise<APIGatewayProxyStructuredResultV2> {
  const body = readJson(request);
  if (body.kind === 'unreadable') return problem(400, 'The body is not JSON in UTF-8');

  const creation = await createOrder(body.value, deps);
  switch (creation.kind) {
    case 'created':
      return json(201, orderView(creation.order), { location: `/orders/${creation.order.id}` });
    case 'repeated':
      return json(200, orderView(creation.order));
    case 'conflict':
      return problem(409, `There is an order ${creation.id} with another amount or other metadata`);
    case 'invalid':
      return problem(400, 'The order is not valid', { errors: creation.errors });
  }
}

type Json = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'unreadable' };

function readJson({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Json {
  try {
    const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return { kind: 'json', value };
  } catch {
    return { kind: 'unreadable' };
  }
}

/** The amount as the JSON number that it came as: exact, because it has at most 15 digits. */
const orderView = (order: Order) => ({ ...order, amount: Number(order.amount) });

const noSuchOrder = (id: string) => problem(404, `There is no order ${id}`);

function problem(
  status: number,
  title: string,
  more: Readonly<Record<string, unknown>> = {},
): APIGatewayProxyStructuredResultV2 {
  return json(
    status,
    { type: 'about:blank', title, status, ...more },
    { 'content-type': 'application/problem+json' },
  );
}

function json(
  statusCode: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
