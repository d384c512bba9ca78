#include "declaration_text.h"

#include <array>
#include <string_view>

namespace greenlane::bench {
namespace {

constexpr std::array<const char*, 20> vocabulary = {
    "NORTHERN", "PACIFIC",  "UNITED", "TRADING",  "LOGISTICS", "FOODS",   "MACHINERY",
    "TEXTILE",  "CHEMICAL", "TOOLS",  "PLASTICS", "STEEL",     "OPTICAL", "MARINE",
    "HARVEST",  "SUPPLY",   "IMPORT", "HOLDINGS", "WORKS",     "PARTNERS"};

std::string phrase(Random& random) {
  std::string text;
  for (std::uint32_t left = random.from_to(2, 4); left > 0; --left) {
    if (!text.empty()) text += ' ';
    text += vocabulary[random.below(vocabulary.size())];
  }
  return text;
}

/// "PREFIX" and `digits` digits.
std::string numbered(Random& random, std::string prefix, int digits) {
  for (; digits > 0; --digits) prefix += static_cast<char>('0' + random.below(10));
  return prefix;
}

/// Writes members in the order they are given: that of the schema, as an ERP would, and not the canonical one.
class Members {
 public:
  explicit Members(std::string& out) : out_(out) {}
  Members& open(std::string_view key, char bracket = '{') {
    if (!key.empty())
      quote(key) += ':';
    else
      separate();
    out_ += bracket;
    return *this;
  }
  Members& close(char bracket = '}') {
    out_ += bracket;
    return *this;
  }
  Members& text(std::string_view key, std::string_view value) {
    quote(key) += ':';
    out_.append("\"").append(value).append("\"");
    return *this;
  }
  Members& raw(std::string_view key, std::string_view value) {
    quote(key).append(":").append(value);
    return *this;
  }

 private:
  void separate() {
    if (!out_.empty() && out_.back() != '{' && out_.back() != '[') out_ += ',';
  }
  std::string& quote(std::string_view key) {
    separate();
    return out_.append("\"").append(key).append("\"");
  }

  std::string& out_;
};

void write_item(Members& out, const World& world, const Goods& goods, Random& random) {
  out.open("items", '[').open("").raw("seq", "1");
  out.text("description", phrase(random)).text("hs", world.hs[goods.hs]);
  out.open("origin").text("country_code", world.countries[goods.origin]).text("preference", world.preferences[goods.preference]).close();
  out.open("procedure").text("current", world.procedures[goods.procedure]).raw("previous", "null").close();
  out.open("price").text("currency", "USD").text("amount", decimal_text(goods.amount)).close();
  out.open("measure").text("net_kg", decimal_text(goods.net)).text("gross_kg", decimal_text(goods.gross));
  out.open("quantities", '[').open("").text("value", std::to_string(goods.quantity)).text("unit", "PCE").close().close(']').close();
  out.open("packages", '[').open("").text("type", "CT").raw("quantity", std::to_string(random.from_to(1, 400)));
  out.text("marks", numbered(random, "MARKS ", 6)).close().close(']').close().close(']');
}

void write_parties(Members& out, const World& world, const Goods& goods, Random& random) {
  out.open("parties").open("consignor").text("id", world.parties[goods.consignor]).text("name", phrase(random));
  out.open("address").text("country_code", world.countries[goods.departure]).close().close();
  out.open("consignee").text("id", world.parties[goods.consignee]).text("scheme", "CN10").text("name", phrase(random));
  out.open("address").text("country_code", "CN").close().close().close();
}

std::string day(Random& random) {
  const std::string month = padded(random.from_to(1, 12), 2);
  return "2025-" + month + "-" + padded(random.from_to(1, 28), 2);
}

std::string declaration(const World& world, const Goods& goods, Random& random) {
  std::string line;
  Members out(line);
  out.open("").text("format", "greenlane.declaration/1").text("direction", "import").text("jurisdiction", "CN");
  out.text("lrn", numbered(random, "LRN", 12)).text("declaration_id", numbered(random, "26GL", 14)).text("type_code", "IMA");
  out.text("declared_on", day(random)).text("office_id", numbered(random, "22", 2)).text("contract_id", numbered(random, "CT-", 8));
  write_parties(out, world, goods, random);
  out.open("trade_terms").text("code", world.terms[goods.terms]).text("location_name", phrase(random)).close();
  out.open("transport").open("border").text("mode_code", world.modes[goods.mode]).text("name", phrase(random)).close();
  out.open("departure").text("country_code", world.countries[goods.departure]).close().close();
  out.open("equipment", '[').open("").text("id", numbered(random, "GLNU", 7)).close().close(']');
  out.open("documents", '[');
  for (const std::uint32_t document : goods.documents) {
    const std::string& type = world.documents[document];
    out.open("").text("type", type).text("id", numbered(random, type + "-", 6)).close();
  }
  out.close(']');
  write_item(out, world, goods, random);
  out.close();
  return line;
}

}  // namespace

std::vector<std::string> declaration_lines(const World& world, const std::vector<Goods>& all,
                                           std::uint64_t seed) {
  Random random(seed);
  std::vector<std::string> lines;
  lines.reserve(all.size());
  for (const Goods& goods : all) lines.push_back(declaration(world, goods, random));
  return lines;
}

}  // namespace greenlane::bench
