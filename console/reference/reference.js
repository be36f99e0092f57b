/* global SwaggerUIBundle */
SwaggerUIBundle({
  // Beside this page, also where `hooklane console` serves both below a token.
  url: '../ops/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: -1,
  // To be read: what acts asks for a reason and says what it will do, as the console and the command line do.
  supportedSubmitMethods: [],
  // It would ask a server of its maker's.
  validatorUrl: null,
});
