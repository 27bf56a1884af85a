"""What people type into the form in Spanish, and what it should make of it."""

from __future__ import annotations

from tests.actions.handoff.cases import PHONE, Case, name


def time(value: str) -> dict[str, str]:
    return {"preferred_time": value}


ASKED_NAME: list[Case] = [
    ("Ana", name("Ana")),
    ("me llamo Lucía", name("Lucía")),
    ("mi nombre es José Luis Pérez", name("José Luis")),
    ("soy carmen", name("Carmen")),
    ("sí, soy Marta", name("Marta")),
    ("claro, Beto", name("Beto")),
    ("pregunten por Chuy", name("Chuy")),
    ("guadalupe, 480-555-0117", name("Guadalupe", **PHONE)),
    ("Ana y mi número es 480-555-0117", name("Ana", **PHONE)),
    ("prefiero no decirlo", {"declined": True}),
    ("¿por qué?", {"declined": True, "is_question": True}),
    ("quiero que me llamen", {}),
    ("no sé", {}),
    ("parar", {"wants_to_stop": True}),
    ("cancelar por favor", {"wants_to_stop": True}),
    ("ya no quiero", {"wants_to_stop": True}),
    ("mejor no, gracias", {"wants_to_stop": True}),
    ("tengo 15 años", {"under_18": True}),
    ("soy menor de edad", {"under_18": True}),
    ("tengo quince años de edad", {"under_18": True}),
]

ASKED_CONTACT: list[Case] = [
    ("mi teléfono es 480 555 0117", PHONE),
    ("al 480-555-0117 por favor", PHONE),
    ("ana arroba gmail punto com", {"email": "ana@gmail.com"}),
    ("mi correo es ana@example.com", {"email": "ana@example.com"}),
    ("cuatro ocho cero cinco cinco cinco cero uno uno siete", PHONE),
    ("no tengo teléfono", {"no_phone": True}),
    ("mejor por correo", {"no_phone": True}),
    ("no tengo correo", {"no_email": True}),
    ("no quiero dar mi número", {"no_phone": True}),
]

ASKED_TIME: list[Case] = [
    ("mañana por la tarde", time("mañana por la tarde")),
    ("el lunes a las 3", time("lunes a las 3")),
    ("en la mañana", time("mañana")),
    ("por las tardes", time("tardes")),
    ("después de las 5", time("después de las 5")),
    ("entre 9 y 11", time("entre 9 y 11")),
    ("a las 3 de la tarde", time("a las 3 de la tarde")),
    ("martes o jueves en la mañana", time("martes o jueves en la mañana")),
    ("entre semana", time("entre semana")),
    ("los sábados temprano", time("sábados temprano")),
    ("la próxima semana", time("próxima semana")),
    ("el 5 de marzo", time("5 de marzo")),
    ("hoy mismo", time("hoy")),
    ("a cualquier hora", time("cualquier hora")),
    ("cuando sea", time("cualquier hora")),
    ("me da igual", time("cualquier hora")),
    ("por la mañana porque me dan ataques de pánico en la noche", time("mañana")),
    ("buenas tardes", {}),
    ("no sé qué decir", {}),
]

AT_SUMMARY: list[Case] = [
    ("sí", {"confirmed": True}),
    ("si está bien", {"confirmed": True}),
    ("Sí, enviar", {"confirmed": True}),
    ("correcto, gracias", {"confirmed": True}),
    ("no", {"confirmed": False}),
    ("Cambiar algo", {"confirmed": False}),
    ("el número está mal", {"change": "contact"}),
    ("cambiar la hora", {"change": "preferred_time"}),
    ("el nombre no es correcto", {"change": "first_name"}),
]

NOT_UNDER_18 = [
    "tengo 10 años de casado",
    "tengo 15 años con ansiedad",
    "tengo 8 años sin tomar",
    "tengo 45 años",
]
