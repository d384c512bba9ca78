#include "tests/differential/vocabulary.h"

namespace greenlane::test {

Vocabulary::Vocabulary()
    : direction{Shape::text, {"import", "export"}, "", true},
      country{Shape::text, {"JP", "US", "KP"}, "countries"},
      procedure{Shape::text, {"10", "20", "30"}, "procedures"},
      mode{Shape::text, {"1", "4"}, ""},
      incoterm{Shape::text, {"CIF", "FOB", "EXW"}, ""},
      document{Shape::text, {"C1", "C2", "C3"}, "papers"},
      material{Shape::text, {"wood", "steel", ""}, ""},
      region{Shape::text, {"JP-01", "JP-12"}, "regions"},
      attributes{Shape::texts, {"3C", "12", "21"}, ""},
      code{Shape::code, {"0307220000", "030711", "8429520000", "8457", "2710120000"}, "codes"},
      prefix{Shape::code, {"03", "0307", "030722", "84", "8457", "2710120000"}, ""},
      amount{Shape::decimal, {"0", "0.50", "1", "1.00", "2.5", "7", "10.000"}, ""},
      count{Shape::integer, {"0", "1", "2", "5"}, ""},
      position{Shape::integer, {"1", "2", "5"}, ""},
      day{Shape::date, {"2024-12-31", "2025-01-01", "2025-06-30", "2025-07-01", "2026-01-31"}, ""},
      yes_no{Shape::boolean, {"true", "false"}, ""} {
  package.fields = {
      {"type", &document}, {"quantity", &count}, {"material", &material}, {"wood_ippc", &yes_no}};
  quantity.fields = {{"value", &amount}, {"unit", &procedure}};
  earlier.fields = {{"type", &document}, {"line", &count}};
  paper.fields = {{"type", &document},
                  {"issuer_country_code", &country},
                  {"issued_on", &day},
                  {"valid_to", &day},
                  {"write_off.quantity", &amount}};
  call.fields = {{"country_code", &country}, {"date", &day}, {"transhipment", &yes_no}};
  item.fields = {{"hs", &code},
                 {"hs", &code},
                 {"origin.country_code", &country},
                 {"origin.country_code", &country},
                 {"origin.region_id", &region},
                 {"export_country", &country},
                 {"procedure.current", &procedure},
                 {"procedure.previous", &procedure},
                 {"measure.net_kg", &amount},
                 {"measure.gross_kg", &amount},
                 {"price.unit", &amount},
                 {"used", &yes_no},
                 {"gmo", &yes_no},
                 {"produced_on", &day},
                 {"best_before", &day},
                 {"shelf_life_days", &count},
                 {"seq", &position},
                 {"goods_attributes", &attributes}};
  item.arrays = {
      {"packages", &package, 3}, {"measure.quantities", &quantity, 2}, {"previous_documents", &earlier, 2}};
  declaration.fields = {{"direction", &direction},
                        {"procedure.current", &procedure},
                        {"procedure.previous", &procedure},
                        {"trade_terms.code", &incoterm},
                        {"transport.border.mode_code", &mode},
                        {"transport.border.nationality", &country},
                        {"transport.arrival.date", &day},
                        {"export_country", &country},
                        {"trading_country", &country},
                        {"totals.gross_kg", &amount},
                        {"totals.packages", &count},
                        {"valuation_indicators.royalty", &yes_no},
                        {"declared_on", &day}};
  declaration.arrays = {{"documents", &paper, 3}, {"items", &item, 4}, {"transport.itinerary", &call, 3}};
  row.fields = {
      {"hs", &prefix}, {"origin", &country}, {"limit", &amount}, {"day", &day}, {"name", &document}};
  // Only such fields as have the same place in the WCO Data Model whether the group around them is declared
  // or not.
  const std::vector<std::string> places = {"declaration", "declaration.documents",
                                           "declaration.export_country", "declaration.trade_terms.code",
                                           "declaration.lrn"};
  const std::vector<std::string> item_places = {
      "item",     "item.hs",         "item.origin.country_code", "item.packages", "item.measure.net_kg",
      "item.seq", "item.produced_on"};
  eaches = {{"", {{"declaration", &declaration}}, places},
            {"items", {{"declaration", &declaration}, {"item", &item}}, item_places},
            {"items.packages",
             {{"declaration", &declaration}, {"item", &item}, {"packaging", &package}},
             {"packaging", "packaging.material", "packaging.wood_ippc", "item.hs"}},
            {"items.measure.quantities",
             {{"declaration", &declaration}, {"item", &item}, {"quantity", &quantity}},
             {"quantity", "quantity.value", "item.origin.country_code"}},
            {"documents",
             {{"declaration", &declaration}, {"document", &paper}},
             {"document", "document.type", "document.valid_to", "document.write_off.quantity"}},
            {"transport.itinerary",
             {{"declaration", &declaration}, {"call", &call}},
             {"call", "call.country_code", "call.date"}}};
}

const Vocabulary& vocabulary() {
  static const Vocabulary& made = *new Vocabulary();
  return made;
}

}  // namespace greenlane::test
