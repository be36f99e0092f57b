import { adyenPlatform } from '../presets/adyen-platform.ts';
import { adyen } from '../presets/adyen.ts';
import { authorizeNet } from '../presets/authorize-net.ts';
import { braintree } from '../presets/braintree.ts';
import { chargebee } from '../presets/chargebee.ts';
import { coinbaseCommerce } from '../presets/coinbase-commerce.ts';
import { klarna } from '../presets/klarna.ts';
import { lemonSqueezy } from '../presets/lemon-squeezy.ts';
import { mollieEvents } from '../presets/mollie-events.ts';
import { mollie } from '../presets/mollie.ts';
import { paddle } from '../presets/paddle.ts';
import { paypal } from '../presets/paypal.ts';
import { quickbooks } from '../presets/quickbooks.ts';
import { razorpay } from '../presets/razorpay.ts';
import { recurly } from '../presets/recurly.ts';
import { square } from '../presets/square.ts';
import { stripeThin } from '../presets/stripe-thin.ts';
import { wise } from '../presets/wise.ts';
import { woocommerce } from '../presets/woocommerce.ts';
import { xero } from '../presets/xero.ts';
import { adyenPlatformSample } from '../samples/adyen-platform.ts';
import { adyenSample } from '../samples/adyen.ts';
import { authorizeNetSample } from '../samples/authorize-net.ts';
import { braintreeSample } from '../samples/braintree.ts';
import { chargebeeSample } from '../samples/chargebee.ts';
import { coinbaseCommerceSample } from '../samples/coinbase-commerce.ts';
import { klarnaSample } from '../samples/klarna.ts';
import { lemonSqueezySample } from '../samples/lemon-squeezy.ts';
import { mollieEventsSample } from '../samples/mollie-events.ts';
import { mollieSample } from '../samples/mollie.ts';
import { paddleSample } from '../samples/paddle.ts';
import { quickbooksSample } from '../samples/quickbooks.ts';
import { razorpaySample } from '../samples/razorpay.ts';
import { recurlySample } from '../samples/recurly.ts';
import { squareSample } from '../samples/square.ts';
import { stripeThinSample } from '../samples/stripe-thin.ts';
import { woocommerceSample } from '../samples/woocommerce.ts';
import { xeroSample } from '../samples/xero.ts';
import { airwallex } from '../presets/airwallex.ts';
import { airwallexSample } from '../samples/airwallex.ts';
import { cashfree } from '../presets/cashfree.ts';
import { cashfreeSample } from '../samples/cashfree.ts';
import { checkoutCom } from '../presets/checkout-com.ts';
import { checkoutComSample } from '../samples/checkout-com.ts';
import { lithic } from '../presets/lithic.ts';
import { lithicSample } from '../samples/lithic.ts';
import { revenuecat } from '../presets/revenuecat.ts';
import { revenuecatSample } from '../samples/revenuecat.ts';
import { revolut } from '../presets/revolut.ts';
import { revolutSample } from '../samples/revolut.ts';
import { withSample, type CatalogEntry } from './entry.ts';

export const payments: readonly CatalogEntry[] = [
  withSample(adyen.facts, adyenSample),
  withSample(adyenPlatform.facts, adyenPlatformSample),
  withSample(authorizeNet.facts, authorizeNetSample),
  withSample(braintree.facts, braintreeSample),
  withSample(chargebee.facts, chargebeeSample),
  withSample(coinbaseCommerce.facts, coinbaseCommerceSample),
  withSample(klarna.facts, klarnaSample),
  withSample(lemonSqueezy.facts, lemonSqueezySample),
  withSample(mollie.facts, mollieSample),
  withSample(mollieEvents.facts, mollieEventsSample),
  withSample(paddle.facts, paddleSample),
  { facts: paypal.facts, source: paypal({ webhookIds: ['1JE4291016473214C'] }) },
  withSample(quickbooks.facts, quickbooksSample),
  withSample(razorpay.facts, razorpaySample),
  withSample(recurly.facts, recurlySample),
  withSample(square.facts, squareSample),
  withSample(stripeThin.facts, stripeThinSample),
  { facts: wise.facts, source: wise() },
  withSample(woocommerce.facts, woocommerceSample),
  withSample(xero.facts, xeroSample),
  withSample(airwallex.facts, airwallexSample),
  withSample(cashfree.facts, cashfreeSample),
  withSample(checkoutCom.facts, checkoutComSample),
  withSample(lithic.facts, lithicSample),
  withSample(revenuecat.facts, revenuecatSample),
  withSample(revolut.facts, revolutSample),
];
