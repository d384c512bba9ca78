#include "bare_pipeline.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "finding_template.h"
#include "short_codes.h"

namespace greenlane::bench {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20;
constexpr std::size_t write_bytes = std::size_t{1} << 18;
constexpr std::array<std::string_view, 11> all_domains = {
    "transport_means", "transport_equipment", "personnel",         "goods", "port_health",
    "biosafety",       "food_safety",         "commodity_quality", "tax",   "intellectual_property",
    "other_security"};
constexpr std::array<std::string_view, 4> level_names = {"none", "low", "medium", "high"};
constexpr std::array<std::string_view, 4> lanes = {"green", "green", "yellow", "red"};

char* put(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

char* put(char* out, std::uint64_t number) { return std::to_chars(out, out + 20, number).ptr; }

/// "1234.50" as 123450.
std::int64_t hundredths_of(std::string_view text) {
  std::int64_t value = 0;
  for (const char c : text) {
    if (c != '.') value = value * 10 + (c - '0');
  }
  return value;
}

template <typename All>
std::size_t place_in(const All& all, std::string_view name) {
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), name) - all.begin());
}

}  // namespace

class BarePipeline::Work {
 public:
  Work(const World& world, std::span<const Rule> rules, std::span<const Line> sample,
       const PackIdentity& pack)
      : countries_(world.countries),
        procedures_(world.procedures),
        modes_(world.modes),
        terms_(world.terms),
        preferences_(world.preferences),
        documents_(world.documents),
        parties_(world.parties),
        masks_(list_masks(world)),
        index_(rules, sample),
        sha256_(EVP_MD_fetch(nullptr, "SHA256", nullptr)),
        hashing_(EVP_MD_CTX_new()) {
    index_.prepare(matches_);
    std::array<std::uint64_t, all_domains.size()> evaluated{};
    for (std::size_t r = 0; r < rules.size(); ++r) {
      const CriterionTexts texts = criterion_texts(r);
      const std::size_t domain = place_in(all_domains, texts.domain);
      ++evaluated[domain];
      domain_of_.push_back(static_cast<std::uint8_t>(domain));
      level_of_.push_back(static_cast<std::uint8_t>(place_in(level_names, texts.level)));
      findings_.emplace_back(texts, list_of(rules[r]));
      most_bytes_ += findings_.back().most_bytes() + 1;
    }
    pack_ = R"("},"pack":{"id":")" + pack.id + R"(","revision":)" + std::to_string(pack.revision) +
            R"(,"digest":")" + pack.digest;
    pack_ += R"(","provenance":"local","freshness":"not_applicable"},"as_of":")";
    for (std::size_t d = 0; d < all_domains.size(); ++d) {
      coverage_[d] = (d == 0 ? R"(],"undetermined":[],"coverage":{")" : R"(,"undetermined":0},")") +
                     std::string(all_domains[d]);
      coverage_[d] += R"(":{"evaluated":)" + std::to_string(evaluated[d]) + R"(,"hit":)";
    }
  }
  ~Work() {
    EVP_MD_CTX_free(hashing_);
    EVP_MD_free(sha256_);
  }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

  std::uint64_t run(const std::string& input, std::FILE* out, Written written) {
    std::FILE* in = std::fopen(input.c_str(), "rb");
    if (in == nullptr) throw std::runtime_error("cannot read " + input);
    posix_fadvise(fileno(in), 0, 0, POSIX_FADV_SEQUENTIAL);
    std::setvbuf(in, nullptr, _IONBF, 0);
    source_ = R"({"format":"greenlane.assessment/1","source":{"file":")" + input + R"(","index":)";
    buffer_.resize(write_bytes + most_bytes_);
    end_ = buffer_.data();
    block_.resize(2 * block_bytes + simdjson::SIMDJSON_PADDING);
    std::uint64_t lines = 0;
    std::size_t kept = 0;
    while (const std::size_t got = std::fread(block_.data() + kept, 1, block_bytes, in)) {
      const char* from = block_.data();
      const char* const last = from + kept + got;
      while (const void* newline = std::memchr(from, '\n', static_cast<std::size_t>(last - from))) {
        const auto length = static_cast<std::size_t>(static_cast<const char*>(newline) - from);
        written == Written::ids ? write_ids(from, length) : write_assessment(from, length, lines);
        ++lines;
        from += length + 1;
        if (static_cast<std::size_t>(end_ - buffer_.data()) >= write_bytes) flush(out);
      }
      kept = static_cast<std::size_t>(last - from);
      std::memmove(block_.data(), from, kept);
    }
    flush(out);
    std::fclose(in);
    return lines;
  }

 private:
  struct Party {
    std::string_view id, name, scheme, country;
  };
  struct Document {
    std::string_view type, id;
  };
  /// What a line of the workload holds beside what all lines share.
  struct Read {
    std::string_view lrn, id, day, office, contract, terms, place, mode, carrier, departure, container;
    std::string_view description, hs, origin, preference, procedure, amount, net, gross, value, marks;
    std::uint64_t packages = 0;
    Party consignor, consignee;
    std::array<Document, 16> documents;
    std::size_t document_count = 0;
  };

  template <typename Value>
  static std::string_view text(Value&& value) {
    return std::forward<Value>(value).get_string().value();
  }

  /// Reads the members in the order in which the workload writes them; those that no criterion looks at for `all` only.
  template <bool all>
  void read(const char* json, std::size_t length, Read& read) {
    auto document = parser_.iterate(json, length, length + simdjson::SIMDJSON_PADDING).value();
    auto root = document.get_object().value();
    if constexpr (all) read.lrn = text(root.find_field("lrn"));
    read.id = text(root.find_field("declaration_id"));
    read.day = text(root.find_field("declared_on"));
    if constexpr (all) read.office = text(root.find_field("office_id"));
    if constexpr (all) read.contract = text(root.find_field("contract_id"));
    auto parties = root.find_field("parties").get_object().value();
    auto consignor = parties.find_field("consignor").get_object().value();
    read.consignor.id = text(consignor.find_field("id"));
    if constexpr (all) read.consignor.name = text(consignor.find_field("name"));
    if constexpr (all) read.consignor.country = text(consignor.find_field("address").find_field("country_code"));
    auto consignee = parties.find_field("consignee").get_object().value();
    read.consignee.id = text(consignee.find_field("id"));
    if constexpr (all) read.consignee.scheme = text(consignee.find_field("scheme"));
    if constexpr (all) read.consignee.name = text(consignee.find_field("name"));
    if constexpr (all) read.consignee.country = text(consignee.find_field("address").find_field("country_code"));
    auto terms = root.find_field("trade_terms").get_object().value();
    read.terms = text(terms.find_field("code"));
    if constexpr (all) read.place = text(terms.find_field("location_name"));
    auto transport = root.find_field("transport").get_object().value();
    auto border = transport.find_field("border").get_object().value();
    read.mode = text(border.find_field("mode_code"));
    if constexpr (all) read.carrier = text(border.find_field("name"));
    read.departure = text(transport.find_field("departure").find_field("country_code"));
    if constexpr (all) {
      for (auto each : root.find_field("equipment").get_array()) read.container = text(each.find_field("id"));
    }
    read.document_count = 0;
    for (auto each : root.find_field("documents").get_array()) {
      auto paper = each.get_object().value();
      Document& made = read.documents.at(read.document_count++);
      made.type = text(paper.find_field("type"));
      if constexpr (all) made.id = text(paper.find_field("id"));
    }
    for (auto each : root.find_field("items").get_array()) read_item<all>(each.get_object().value(), read);
  }

  template <bool all, typename Item>
  static void read_item(Item item, Read& read) {
    if constexpr (all) read.description = text(item.find_field("description"));
    read.hs = text(item.find_field("hs"));
    auto origin = item.find_field("origin").get_object().value();
    read.origin = text(origin.find_field("country_code"));
    read.preference = text(origin.find_field("preference"));
    read.procedure = text(item.find_field("procedure").find_field("current"));
    read.amount = text(item.find_field("price").find_field("amount"));
    auto measure = item.find_field("measure").get_object().value();
    read.net = text(measure.find_field("net_kg"));
    if constexpr (!all) return;
    read.gross = text(measure.find_field("gross_kg"));
    for (auto each : measure.find_field("quantities").get_array()) read.value = text(each.find_field("value"));
    for (auto each : item.find_field("packages").get_array()) {
      auto packaging = each.get_object().value();
      read.packages = packaging.find_field("quantity").get_uint64().value();
      read.marks = text(packaging.find_field("marks"));
    }
  }

  void encode(const Read& read, Line& line) const {
    const auto small = [](std::uint32_t number) { return static_cast<std::uint8_t>(number); };
    for (std::size_t i = 0; i < read.document_count; ++i) {
      const std::uint32_t place = documents_.number(read.documents.data()[i].type);
      line.documents.data()[place / 64] |= std::uint64_t{1} << place % 64;
    }
    line.net = hundredths_of(read.net);
    line.amount = hundredths_of(read.amount);
    line.codes = {small(countries_.number(read.origin)),      small(countries_.number(read.departure)),
                  small(procedures_.number(read.procedure)),  small(modes_.number(read.mode)),
                  small(terms_.number(read.terms)),           small(preferences_.number(read.preference))};
    line.lists = {masks_[parties_.number(read.consignee.id)], masks_[parties_.number(read.consignor.id)]};
    std::uint32_t digits = 0;
    for (const char c : read.hs) digits = digits * 10 + static_cast<std::uint32_t>(c - '0');
    set_hs(line, digits);
  }

  /// The RFC 8785 form: members in their canonical order, all that lines share written out. No text here needs escapes.
  std::string_view canonical(const Read& r) {
    char* const begin = canonical_.data();
    char* out = put(put(begin, R"({"contract_id":")"), r.contract);
    out = put(put(put(out, R"(","declaration_id":")"), r.id), R"(","declared_on":")");
    out = put(put(out, r.day), R"(","direction":"import","documents":[)");
    for (std::size_t i = 0; i < r.document_count; ++i) {
      if (i > 0) *out++ = ',';
      out = put(put(put(out, R"({"id":")"), r.documents.data()[i].id), R"(","type":")");
      out = put(put(out, r.documents.data()[i].type), R"("})");
    }
    out = put(put(put(out, R"(],"equipment":[{"id":")"), r.container), R"("}],"format":"greenlane.declaration/1","items":[{"description":")");
    out = put(put(put(put(out, r.description), R"(","hs":")"), r.hs), R"(","measure":{"gross_kg":")");
    out = put(put(put(put(out, r.gross), R"(","net_kg":")"), r.net), R"(","quantities":[{"unit":"PCE","value":")");
    out = put(put(put(out, r.value), R"("}]},"origin":{"country_code":")"), r.origin);
    out = put(put(put(put(out, R"(","preference":")"), r.preference), R"("},"packages":[{"marks":")"), r.marks);
    out = put(put(put(out, R"(","quantity":)"), r.packages), R"(,"type":"CT"}],"price":{"amount":")");
    out = put(put(put(out, r.amount), R"(","currency":"USD"},"procedure":{"current":")"), r.procedure);
    out = put(put(put(out, R"(","previous":null},"seq":1}],"jurisdiction":"CN","lrn":")"), r.lrn), R"(","office_id":")");
    out = put(put(out, r.office), R"(","parties":{"consignee":{"address":{"country_code":")");
    out = put(put(put(put(out, r.consignee.country), R"("},"id":")"), r.consignee.id), R"(","name":")");
    out = put(put(put(put(out, r.consignee.name), R"(","scheme":")"), r.consignee.scheme), R"("},"consignor":{"address":{"country_code":")");
    out = put(put(put(put(out, r.consignor.country), R"("},"id":")"), r.consignor.id), R"(","name":")");
    out = put(put(put(put(out, r.consignor.name), R"("}},"trade_terms":{"code":")"), r.terms), R"(","location_name":")");
    out = put(put(put(put(out, r.place), R"("},"transport":{"border":{"mode_code":")"), r.mode), R"(","name":")");
    out = put(put(put(put(out, r.carrier), R"("},"departure":{"country_code":")"), r.departure), R"("}},"type_code":"IMA"})");
    return {begin, static_cast<std::size_t>(out - begin)};
  }

  void write_assessment(const char* json, std::size_t length, std::uint64_t number) {
    Line line{};
    Read& read = read_;
    this->read<true>(json, length, read);
    encode(read, line);
    index_.match(line, matches_);
    std::array<std::uint64_t, all_domains.size()> hit{};
    std::size_t level = 0;
    for (const std::uint32_t rule : matches_.hits()) {
      ++hit.data()[domain_of_.data()[rule]];
      level = std::max<std::size_t>(level, level_of_.data()[rule]);
    }
    char* out = put(put(end_, source_), number);
    out = put(put(out, R"(},"declaration":{"id":")"), read.id);
    out = put_digest(put(out, R"(","digest":"sha256:)"), canonical(read));
    out = put(put(out, pack_), read.day);
    out = put(put(put(out, R"(","level":")"), level_names[level]), R"(","lane":")");
    out = put(put(out, lanes[level]), R"(","findings":[)");
    const Shown shown{read.hs, read.origin, read.amount};
    for (const std::uint32_t rule : matches_.hits()) {
      if (out[-1] == '}') *out++ = ',';
      out = findings_.data()[rule].write(out, shown);
    }
    for (std::size_t d = 0; d < all_domains.size(); ++d) out = put(put(out, coverage_[d]), hit[d]);
    end_ = put(out, ",\"undetermined\":0}}}\n");
  }

  /// {"id":"…","hits":["GL.R000012",…]}
  void write_ids(const char* json, std::size_t length) {
    Line line{};
    Read& read = read_;
    this->read<false>(json, length, read);
    encode(read, line);
    index_.match(line, matches_);
    char* out = put(put(put(end_, R"({"id":")"), read.id), R"(","hits":[)");
    for (std::uint32_t rule : matches_.hits()) {
      if (out[-1] == '"') *out++ = ',';
      out = put(out, "\"GL.R000000\"");
      for (char* digit = out - 2; rule != 0; rule /= 10) *digit-- = static_cast<char>('0' + rule % 10);
    }
    end_ = put(out, "]}\n");
  }

  char* put_digest(char* out, std::string_view bytes) {
    std::array<unsigned char, 32> digest;
    if (EVP_DigestInit_ex2(hashing_, sha256_, nullptr) != 1 ||
        EVP_DigestUpdate(hashing_, bytes.data(), bytes.size()) != 1 ||
        EVP_DigestFinal_ex(hashing_, digest.data(), nullptr) != 1) {
      throw std::runtime_error("SHA-256 failed");
    }
    for (const unsigned char byte : digest) {
      *out++ = "0123456789abcdef"[byte >> 4];
      *out++ = "0123456789abcdef"[byte & 15];
    }
    return out;
  }

  void flush(std::FILE* out) {
    const auto size = static_cast<std::size_t>(end_ - buffer_.data());
    if (std::fwrite(buffer_.data(), 1, size, out) != size) throw std::runtime_error("cannot write results");
    end_ = buffer_.data();
  }

  ShortCodes countries_, procedures_, modes_, terms_, preferences_, documents_, parties_;
  std::vector<std::uint64_t> masks_;
  HandIndex index_;
  HandMatches matches_;
  EVP_MD* sha256_;
  EVP_MD_CTX* hashing_;
  simdjson::ondemand::parser parser_;
  std::vector<FindingTemplate> findings_;
  std::vector<std::uint8_t> domain_of_, level_of_;
  std::string source_, pack_;
  std::array<std::string, all_domains.size()> coverage_;
  std::vector<char> block_, buffer_;
  Read read_;
  std::array<char, 16384> canonical_;  ///< of one line, which is about 1 KiB
  char* end_ = nullptr;
  std::size_t most_bytes_ = 8192;  ///< of one line of results
};

BarePipeline::BarePipeline(const World& world, std::span<const Rule> rules, std::span<const Line> sample,
                           const PackIdentity& pack)
    : work_(std::make_unique<Work>(world, rules, sample, pack)) {}
BarePipeline::~BarePipeline() = default;

std::uint64_t BarePipeline::run(const std::string& input, std::FILE* out, Written written) {
  return work_->run(input, out, written);
}

}  // namespace greenlane::bench
