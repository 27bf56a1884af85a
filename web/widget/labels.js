const english = {
  language: "en",
  launcher: "Ask a question",
  title: "Ask the clinic",
  notice: "Automated assistant, not a person. Not for emergencies.",
  close: "Close chat",
  help: "In crisis or danger?",
  call988: "Call 988",
  text988: "Text 988",
  call911: "Call 911",
  text741741: "Text HOME to 741741",
  callPoisonControl: "Call Poison Control, 1-800-222-1222",
  body: { 741741: "HOME" },
  conversation: "Conversation",
  greeting: `Hello, and welcome. I'm the clinic's automated assistant, not a person. I can answer questions about anxiety and ketamine therapy from the clinic's article, and help you reach the clinic.

I'm not for emergencies: if you're in danger, call 911, and if you're in crisis, call or text 988.

What would you like to know?`,
  starters: [
    { title: "How it works", payload: "How does ketamine work?" },
    { title: "Side effects", payload: "What are the side effects of ketamine?" },
    { title: "How well it works", payload: "Does ketamine work for anxiety?" },
    { title: "Where the clinic is", payload: "Where is the clinic?" },
  ],
  assistant: "Assistant:",
  visitor: "You:",
  unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  typing: "The assistant is writing.",
  replies: "You could ask",
  source: "Source:",
  newTab: "(opens in a new tab)",
  feedback: "Was this answer helpful?",
  up: "Helpful",
  down: "Not helpful",
  thanks: "Thank you.",
  question: "Your question",
  send: "Send",
  left: (count) => (count === 1 ? "1 character left" : `${count} characters left`),
  tooLong: (count) =>
    `${count === 1 ? "1 character" : `${count} characters`} over the limit of 1,000. Please shorten it or send it in parts. In crisis, call or text 988.`,
  late: "Not sent yet. It will be sent when the connection is back.",
  refused: "Not sent.",
  again: "Try again",
  connecting: "Connecting …",
  reconnecting: "The connection is lost. Trying to connect again. What you write is kept and sent then.",
  offline: "You are offline. What you write is kept and sent when you are back online.",
  startOver: "Start over",
  startedOver: "A new conversation has started.",
  forgetMe: "Forget me",
  forgetQuestion: "Delete this conversation?",
  forgetDetail:
    "Your contact details, your requests and what was kept of this conversation are deleted. This cannot be undone.",
  forget: "Delete it",
  keep: "Keep it",
  forgotten: "Your conversation is deleted.",
  failed: "That didn't work, as there is no connection. Please try again in a little while.",
};

const spanish = {
  language: "es",
  launcher: "Haga una pregunta",
  title: "Pregunte a la clínica",
  notice: "Asistente automático, no una persona. No es para emergencias.",
  close: "Cerrar el chat",
  help: "¿En crisis o en peligro?",
  call988: "Llamar al 988, luego 2",
  text988: "Enviar AYUDA al 988",
  call911: "Llamar al 911",
  text741741: "Enviar AYUDA al 741741",
  callPoisonControl: "Llamar al Centro de Control de Envenenamiento, 1-800-222-1222",
  body: { 988: "AYUDA", 741741: "AYUDA" },
  conversation: "Conversación",
  greeting: `Hola, le damos la bienvenida. Soy el asistente automático de la clínica, no una persona. Puedo responder preguntas sobre la ansiedad y la terapia con ketamina según el artículo de la clínica, y ayudarle a comunicarse con la clínica.

No soy para emergencias: si está en peligro, llame al 911; si está en crisis, llame al 988 y oprima el 2, o envíe AYUDA al 988.

¿Qué le gustaría saber?`,
  starters: [
    { title: "Cómo funciona", payload: "¿Cómo funciona la ketamina?" },
    { title: "Efectos secundarios", payload: "¿Qué efectos secundarios tiene la ketamina?" },
    { title: "Si funciona", payload: "¿Funciona la ketamina para la ansiedad?" },
    { title: "Dónde está la clínica", payload: "¿Dónde está la clínica?" },
  ],
  assistant: "Asistente:",
  visitor: "Usted:",
  unread: (count) => (count === 1 ? "1 mensaje nuevo" : `${count} mensajes nuevos`),
  typing: "El asistente está escribiendo.",
  replies: "Puede preguntar",
  source: "Fuente:",
  newTab: "(se abre en otra pestaña)",
  feedback: "¿Le sirvió esta respuesta?",
  up: "Me sirvió",
  down: "No me sirvió",
  thanks: "Gracias.",
  question: "Su pregunta",
  send: "Enviar",
  left: (count) => (count === 1 ? "Queda 1 carácter" : `Quedan ${count} caracteres`),
  tooLong: (count) =>
    `${count === 1 ? "Sobra 1 carácter" : `Sobran ${count} caracteres`}; el límite es 1,000. Por favor, acórtelo o envíelo en partes. En una crisis, llame al 988 y oprima el 2.`,
  late: "Todavía no se ha enviado. Se enviará cuando vuelva la conexión.",
  refused: "No se envió.",
  again: "Intentar otra vez",
  connecting: "Conectando …",
  reconnecting:
    "Se perdió la conexión. Intentando conectar otra vez. Lo que escriba se guarda y se envía después.",
  offline: "No tiene conexión. Lo que escriba se guarda y se envía cuando vuelva la conexión.",
  startOver: "Empezar de nuevo",
  startedOver: "Empezó una conversación nueva.",
  forgetMe: "Borrar mis datos",
  forgetQuestion: "¿Borrar esta conversación?",
  forgetDetail:
    "Se borran sus datos de contacto, sus solicitudes y lo que se guardó de esta conversación. No se puede deshacer.",
  forget: "Borrar",
  keep: "Conservar",
  forgotten: "Su conversación está borrada.",
  failed: "No se pudo, porque no hay conexión. Por favor, intente otra vez un poco más tarde.",
};

/** The labels of a language tag such as "es-MX"; English where there are none. */
export function labelsFor(language) {
  return /^es\b/i.test(language) ? spanish : english;
}

/** Write labels into `root`: `data-label` asks for a text, `data-name` for an accessible name. */
export function write(labels, root) {
  root.lang = labels.language;
  for (const element of root.querySelectorAll("[data-label]")) {
    element.textContent = labels[element.dataset.label];
  }
  for (const element of root.querySelectorAll("[data-name]")) {
    element.ariaLabel = labels[element.dataset.name];
  }
}
