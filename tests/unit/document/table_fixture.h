// A small document type for tests: header, parties, items with packages.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"
#include "document/document.h"
#include "document/field_table.h"

namespace greenlane::document::test {

inline constexpr std::string_view small_schema = R"({
  "x-format": "test.order/1", "x-variable": "order", "x-wco": "42A",
  "x-id": ["number", "parties.buyer.id"], "x-as-of": ["ordered_on", "sent_at"],
  "type": "object", "required": ["format"],
  "properties": {
    "format": {"const": "test.order/1"},
    "number": {"type": ["string", "null"], "maxLength": 12, "title": "Number", "x-title-zh": "编号", "x-wco": "#D014"},
    "direction": {"type": "string", "enum": ["import", "export", "transit"]},
    "ordered_on": {"type": ["string", "null"], "format": "date"},
    "sent_at": {"type": ["string", "null"], "format": "date-time"},
    "urgent": {"type": ["boolean", "null"]},
    "total": {"type": ["string", "null"], "format": "decimal", "x-unit": "kg", "x-wco": "#131"},
    "parties": {"type": "object", "properties": {
      "buyer": {"$ref": "#/definitions/party", "x-wco": "30A"},
      "seller": {"$ref": "#/definitions/party", "title": "Seller"}
    }, "additionalProperties": false},
    "items": {"type": ["array", "null"], "x-variable": "item", "x-wco": "67A/68A", "maxItems": 5, "items": {
      "type": "object",
      "properties": {
        "seq": {"type": ["integer", "null"], "minimum": 1},
        "hs": {"type": ["string", "null"], "format": "hs", "pattern": "^[0-9]{4,12}$", "x-wco": "23A/21A#145",
               "x-codes": "HS"},
        "net_kg": {"type": ["string", "null"], "format": "decimal"},
        "made_on": {"type": ["string", "null"], "format": "date"},
        "origin": {"type": ["object", "null"], "x-wco": "92A", "properties": {
          "country_code": {"type": ["string", "null"], "pattern": "^[A-Z]{2}$", "x-wco": "#063"},
          "region_id": {"type": ["string", "null"], "x-wco": "#066"}
        }, "additionalProperties": false},
        "quantities": {"type": ["array", "null"], "x-variable": "quantity", "items": {
          "type": "object", "additionalProperties": false, "properties": {
            "value": {"type": "string", "format": "decimal", "x-wco": "#001"},
            "unit": {"type": "string"}}}},
        "refs": {"type": ["array", "null"], "uniqueItems": true, "x-wco": "23A/31B#006", "items": {"type": "string"}},
        "attributes": {"type": ["object", "null"], "additionalProperties": true}
      },
      "patternProperties": {"^x_": {}}, "additionalProperties": false
    }},
    "attributes": {"type": ["object", "null"], "title": "Free", "additionalProperties": true}
  },
  "patternProperties": {"^x_": {}}, "additionalProperties": false,
  "definitions": {
    "party": {"type": ["object", "null"], "title": "Party", "properties": {
      "id": {"type": ["string", "null"], "x-wco": "#R014"}, "name": {"type": ["string", "null"]}
    }, "additionalProperties": false}
  }
})";

inline json::Value parsed(std::string_view text) { return json::parse(text).value(); }

inline std::shared_ptr<const FieldTable> small_table() {
  return FieldTable::from_schema(parsed(small_schema)).value();
}

/// The document `{"format": …, MEMBERS}`.
inline std::string order(std::string_view members) {
  return std::string(R"({"format": "test.order/1")") + (members.empty() ? "" : ", ") + std::string(members) +
         "}";
}

/// "pointer: message" of why the document is refused, "" if it is not.
inline std::string refusal(std::string_view members) {
  auto document = Document::parse(small_table(), order(members));
  return document.ok() ? "" : document.error().pointer + ": " + document.error().message;
}

}  // namespace greenlane::document::test
