#include "finding_template.h"

namespace greenlane::bench {
namespace {

/// "\1h" stands for the commodity code, "\1o" for the origin, "\1a" for the amount.
std::string marked(std::string_view message) {
  std::string text(message);
  for (const auto& [field, mark] :
       {std::pair{"{item.hs}", "\1h"}, std::pair{"{item.origin.country_code}", "\1o"}}) {
    const std::string name = field;
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name))
      text.replace(at, name.size(), mark);
  }
  return text;
}

std::string text_json(std::string_view key, std::string_view en, std::string_view zh) {
  return "\"" + std::string(key) + R"(":{"en":")" + std::string(en) + R"(","zh":")" + std::string(zh) + "\"}";
}

std::string finding_json(const CriterionTexts& texts, const std::string& list) {
  const auto text = [](std::string_view part) { return std::string(part); };
  std::string out = R"({"criterion":")" + texts.id + R"(","version":1,"domain":")" + text(texts.domain) +
                    R"(","level":")" + text(texts.level);
  out +=
      R"(","code":")" + text(texts.code) + "\"," + text_json("title", texts.title_en, texts.title_zh) + ",";
  out += text_json("message", marked(texts.message_en), marked(texts.message_zh));
  out += R"(,"legal_basis":[{"ref":")" + text(texts.legal_basis) +
         R"(","verified":true}],"remedies":[{"kind":"document","code":")";
  out += text(texts.document) + "\"," + text_json("text", texts.remedy_en, texts.remedy_zh) + R"(}],"at":[)";
  out += R"({"pointer":"/items/0/hs","wco":"42A/67A/68A[1]/23A/21A#145","value":")"
         "\1h\"}";
  if (texts.shows_amount)
    out += R"(,{"pointer":"/items/0/price/amount","wco":"42A/67A/68A[1]/23A/79A#112","value":")"
           "\1a\"}";
  return out + (list.empty() ? "]}" : R"(],"lists":[")" + list + "\"]}");
}

}  // namespace

FindingTemplate::FindingTemplate(const CriterionTexts& texts, const std::string& list) {
  const std::string marks = finding_json(texts, list);
  std::size_t from = 0;
  for (std::size_t at = marks.find('\1'); at != std::string::npos; at = marks.find('\1', from)) {
    text_.append(marks, from, at - from);
    parts_.push_back({static_cast<std::uint32_t>(at - from), marks[at + 1]});
    from = at + 2;
  }
  text_.append(marks, from);
}

}  // namespace greenlane::bench
