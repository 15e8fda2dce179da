"""The pieces of a document in the European Learning Model, written once and rendered as XML and as RDF.

A name such as "loq:title" is that of the XML schema; `PROPERTIES` says which property it is in RDF where the two differ.
"""

from dataclasses import dataclass

NAMESPACES = {
    "loq": "http://data.europa.eu/snb/model/ap/loq-constraints/",
    "elm": "http://data.europa.eu/snb/model/elm/",
    "dc": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "adms": "http://www.w3.org/ns/adms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rov": "http://www.w3.org/ns/regorg#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

PROPERTIES = {
    "loq:identifier": "adms:identifier",
    "loq:schemeAgency": "adms:schemeAgency",
    "loq:title": "dc:title",
    "loq:description": "dc:description",
    "loq:type": "dc:type",
    "loq:language": "dc:language",
    "loq:temporal": "dc:temporal",
    "loq:modified": "dc:modified",
    "loq:spatial": "dc:spatial",
    "loq:homepage": "foaf:homepage",
    "loq:legalName": "rov:legalName",
    "loq:registration": "rov:registration",
    "loq:value": "rdf:value",
}
"""The property in RDF; any other name in "loq" is the same name in "elm", and names of other vocabularies stay."""

SECTIONS = {
    "elm:LearningOpportunity": ("loq:learningOpportunityReferences", "loq:learningOpportunity"),
    "elm:LearningAchievementSpecification": (
        "loq:learningAchievementSpecificationReferences", "loq:learningAchievementSpecification",
    ),
    "elm:Qualification": ("loq:learningAchievementSpecificationReferences", "loq:qualification"),
    "elm:LearningOutcome": ("loq:learningOutcomeReferences", "loq:learningOutcome"),
    "elm:Organisation": ("loq:agentReferences", "loq:organisation"),
    "dc:Location": ("loq:locationReferences", "loq:location"),
}  # fmt: skip
"""Where a node with an address of its own stands in XML: its section, in the order of the schema, and its element."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a language (a tag of BCP 47)."""

    value: str
    language: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A value with its type in XML Schema; without a type it is plain text."""

    value: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of a controlled list, by its address."""

    address: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Points to a node by its address."""

    address: str


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of a class, with its fields in the order of the XML schema; with an address it stands by itself."""

    type: str
    fields: "tuple[tuple[str, Text | Literal | Concept | Reference | Node], ...]"
    address: str = ""


Value = Text | Literal | Concept | Reference | Node
