"""The sentences with which a plan is refused."""

from doorleren.core.texts import Texts

NAME: Texts = {
    "nl": "Vul in hoe dit pad heet, met hooguit 200 tekens.",
    "en": "Enter the name of this path, in at most 200 characters.",
}
NAME_TWICE: Texts = {
    "nl": "Deze naam staat al bij een ander pad. Geef elk pad een eigen naam.",
    "en": "Another path has this name already. Give each path a name of its own.",
}
FROM_WORK: Texts = {
    "nl": "Vul in wat voor werk de mensen nu doen, met hooguit 200 tekens.",
    "en": "Enter what kind of work the people do now, in at most 200 characters.",
}
TO_WORK: Texts = {
    "nl": "Vul in naar wat voor werk het pad leidt, met hooguit 200 tekens.",
    "en": "Enter to what kind of work the path leads, in at most 200 characters.",
}
COMPONENTS: Texts = {
    "nl": "Kies minstens een onderdeel uit de lijst.",
    "en": "Choose at least one component from the list.",
}
PEOPLE: Texts = {
    "nl": "Vul een heel aantal mensen in van 0 tot en met 1.000.000.",
    "en": "Enter a whole number of people from 0 up to and including 1,000,000.",
}
PEOPLE_OR_NONE: Texts = {
    "nl": "Vul een heel aantal in van 0 tot en met 1.000.000. Of laat het leeg.",
    "en": "Enter a whole number from 0 up to and including 1,000,000. Or leave it empty.",
}
SECTOR: Texts = {
    "nl": "Kies een sector uit de lijst, of laat het leeg.",
    "en": "Choose a sector from the list, or leave it empty.",
}
MOST_FIRST: Texts = {
    "nl": "Het hoogste aantal is lager dan het laagste aantal.",
    "en": "The highest number is below the lowest number.",
}
CENTS: Texts = {
    "nl": "Vul een bedrag in van 0 tot en met 1.000.000 euro, met hooguit twee cijfers achter de komma. Of laat het leeg.",
    "en": "Enter an amount from 0 up to and including 1,000,000 euros, with at most two decimals. Or leave it empty.",
}
NO_PATH: Texts = {
    "nl": "Vul minstens een pad in.",
    "en": "Enter at least one path.",
}
TOO_MANY: Texts = {
    "nl": "Een plan heeft hooguit 50 paden.",
    "en": "A plan has at most 50 paths.",
}
REASON: Texts = {
    "nl": "Schrijf op waarom u het plan aanpast, met hooguit 1.000 tekens.",
    "en": "Write down why you adjust the plan, in at most 1,000 characters.",
}
NONE_SUBMITTED: Texts = {
    "nl": "Deze aanvraag is ingediend zonder plan. Er is geen plan om aan te passen.",
    "en": "This application was submitted without a plan. There is no plan to adjust.",
}
CHANGED_MEANWHILE: Texts = {
    "nl": "Een collega heeft het plan intussen veranderd. Bekijk het nieuwe plan en pas het daarna aan.",
    "en": "A colleague has changed the plan in the meantime. Look at the new plan and change it after that.",
}
