import { adyenPlatform } from '../adyen-platform/preset.ts';
import { adyen } from '../adyen/preset.ts';
import { authorizeNet } from '../authorize-net/preset.ts';
import { braintree } from '../braintree/preset.ts';
import { chargebee } from '../chargebee/preset.ts';
import { coinbaseCommerce } from '../coinbase-commerce/preset.ts';
import { klarna } from '../klarna/preset.ts';
import { lemonSqueezy } from '../lemon-squeezy/preset.ts';
import { mollieEvents } from '../mollie-events/preset.ts';
import { mollie } from '../mollie/preset.ts';
import { paddle } from '../paddle/preset.ts';
import { paypal } from '../paypal/preset.ts';
import { quickbooks } from '../quickbooks/preset.ts';
import { razorpay } from '../razorpay/preset.ts';
import { recurly } from '../recurly/preset.ts';
import { square } from '../square/preset.ts';
import { stripeThin } from '../stripe-thin/preset.ts';
import { wise } from '../wise/preset.ts';
import { woocommerce } from '../woocommerce/preset.ts';
import { xero } from '../xero/preset.ts';
import { adyenPlatformSample } from '../adyen-platform/sample.ts';
import { adyenSample } from '../adyen/sample.ts';
import { authorizeNetSample } from '../authorize-net/sample.ts';
import { braintreeSample } from '../braintree/sample.ts';
import { chargebeeSample } from '../chargebee/sample.ts';
import { coinbaseCommerceSample } from '../coinbase-commerce/sample.ts';
import { klarnaSample } from '../klarna/sample.ts';
import { lemonSqueezySample } from '../lemon-squeezy/sample.ts';
import { mollieEventsSample } from '../mollie-events/sample.ts';
import { mollieSample } from '../mollie/sample.ts';
import { paddleSample } from '../paddle/sample.ts';
import { quickbooksSample } from '../quickbooks/sample.ts';
import { razorpaySample } from '../razorpay/sample.ts';
import { recurlySample } from '../recurly/sample.ts';
import { squareSample } from '../square/sample.ts';
import { stripeThinSample } from '../stripe-thin/sample.ts';
import { woocommerceSample } from '../woocommerce/sample.ts';
import { xeroSample } from '../xero/sample.ts';
import { airwallex } from '../airwallex/preset.ts';
import { airwallexSample } from '../airwallex/sample.ts';
import { cashfree } from '../cashfree/preset.ts';
import { cashfreeSample } from '../cashfree/sample.ts';
import { checkoutCom } from '../checkout-com/preset.ts';
import { checkoutComSample } from '../checkout-com/sample.ts';
import { lithic } from '../lithic/preset.ts';
import { lithicSample } from '../lithic/sample.ts';
import { revenuecat } from '../revenuecat/preset.ts';
import { revenuecatSample } from '../revenuecat/sample.ts';
import { revolut } from '../revolut/preset.ts';
import { revolutSample } from '../revolut/sample.ts';
import { withSample, type CatalogEntry } from '../catalog-entry.ts';

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
