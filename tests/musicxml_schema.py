"""The W3C's schema of MusicXML 4.0, which the package `musicxml` has in it."""

import importlib.util
import tempfile
from pathlib import Path

from lxml import etree

# The two schemas that MusicXML's own imports, as far as it uses them: no test goes to the network.
_XML = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 targetNamespace="http://www.w3.org/XML/1998/namespace">
 <xs:attribute name="lang" type="xs:language"/><xs:attribute name="space" type="xs:NCName"/>
</xs:schema>"""
_XLINK = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 targetNamespace="http://www.w3.org/1999/xlink">
 <xs:attribute name="href" type="xs:anyURI"/><xs:attribute name="type" type="xs:string"/>
 <xs:attribute name="role" type="xs:string"/><xs:attribute name="title" type="xs:string"/>
 <xs:attribute name="show" type="xs:string"/><xs:attribute name="actuate" type="xs:string"/>
</xs:schema>"""


def load_schema() -> etree.XMLSchema:
    """Load the schema without going to the network."""
    package = importlib.util.find_spec("musicxml")
    assert package is not None
    assert package.origin is not None
    source = Path(package.origin).parent / "generate_classes" / "musicxml_4_0.xsd"
    text = source.read_text(encoding="utf-8").replace("http://www.musicxml.org/xsd/", "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "xml.xsd").write_text(_XML)
        (folder / "xlink.xsd").write_text(_XLINK)
        (folder / "musicxml.xsd").write_text(text, encoding="utf-8")
        return etree.XMLSchema(etree.parse(str(folder / "musicxml.xsd")))
