#include "document/message_path.h"

#include <algorithm>

#include "base/text.h"
#include "document/formats.h"

namespace greenlane::document {
namespace {

Error path_error(std::string_view path, const std::string& message) {
  return make_error(ErrorCode::invalid_mapping, "path " + in_quotes(path) + " " + message);
}

bool is_name_char(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
  return letter || (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '.';
}

bool is_position(std::string_view name) noexcept {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<PathName> PathName::parse(std::string_view text, const Namespaces& namespaces) {
  PathName name;
  const std::size_t colon = text.find(':');
  const std::string_view local = colon == std::string_view::npos ? text : text.substr(colon + 1);
  const std::string_view plain = local.starts_with('@') ? local.substr(1) : local;
  if (plain.empty() || !std::all_of(plain.begin(), plain.end(), is_name_char)) return path_error(text, "is no name of an element");
  name.local = local;
  if (colon == std::string_view::npos) return name;
  const auto found = namespaces.find(text.substr(0, colon));
  if (found == namespaces.end()) {
    return path_error(text, "has the prefix " + in_quotes(text.substr(0, colon)) + ", which the mapping's \"namespaces\" do not have");
  }
  name.any_namespace = false;
  name.namespace_uri = found->second;
  return name;
}

/// Reads the text of a path.
class MessagePath::Reader {
 public:
  Reader(std::string_view text, MessageTree::Syntax syntax, const Namespaces& namespaces)
      : text_(text), rest_(text), syntax_(syntax), namespaces_(namespaces) {}

  Result<std::vector<Step>> run() {
    std::vector<Step> steps;
    if (text_ == ".") return steps;
    for (;;) {
      auto step = read_step();
      if (!step) return std::move(step).error();
      steps.push_back(*std::move(step));
      if (rest_.empty()) return steps;
      if (steps.back().name.local.starts_with('@')) return path_error(text_, "goes on behind an attribute");
      if (!rest_.starts_with('/')) return path_error(text_, "has something behind a step that is no \"/\" and no condition \"[name='text']\"");
      rest_.remove_prefix(1);
    }
  }

 private:
  Result<Step> read_step() {
    Step step;
    auto name = read_name();
    if (!name) return std::move(name).error();
    step.name = *std::move(name);
    while (rest_.starts_with('[')) {
      auto condition = read_condition();
      if (!condition) return std::move(condition).error();
      step.conditions.push_back(*std::move(condition));
    }
    return step;
  }

  Result<PathName> read_name() {
    const std::size_t end = std::min(rest_.find_first_of("/[=)]"), rest_.size());
    const std::string_view name = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (name.empty() || name == "." || name == "..") {
      return path_error(text_, "is none such as \"GoodsShipment/Importer/ID\", \"Amount/@currencyID\" or \"Origin[TypeCode='1']/CountryCode\"");
    }
    if (syntax_ == MessageTree::Syntax::xml) {
      // An attribute's prefix stands behind the "@".
      return PathName::parse(name.starts_with('@') && name.find(':') != std::string_view::npos ? attribute_name(name) : name, namespaces_);
    }
    return PathName::parse(is_position(name) ? std::string(name) + ".1" : std::string(name), {});
  }

  bool take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  std::string_view attribute_name(std::string_view name) {
    const std::size_t colon = name.find(':');
    turned_ = std::string(name.substr(1, colon - 1)) + ":@" + std::string(name.substr(colon + 1));
    return turned_;
  }

  Result<Condition> read_condition() {
    rest_.remove_prefix(1);
    Condition condition;
    if (take("not(")) condition.test = Condition::Test::missing;
    auto name = read_name();
    if (!name) return std::move(name).error();
    condition.name = *std::move(name);
    if (take(condition.test == Condition::Test::missing ? ")]" : "]")) return condition;
    const std::size_t end = rest_.find("']", 2);
    if (condition.test == Condition::Test::missing || end == std::string_view::npos || !take("='")) {
      return path_error(text_, "has a condition that is none such as \"[TypeCode='1']\", \"[TypeCode]\" or \"[not(TypeCode)]\"");
    }
    condition.test = Condition::Test::equals;
    condition.text = rest_.substr(0, end - 2);
    rest_.remove_prefix(end);
    return condition;
  }

  std::string_view text_;
  std::string_view rest_;
  MessageTree::Syntax syntax_;
  const Namespaces& namespaces_;
  std::string turned_;
};

Result<MessagePath> MessagePath::parse(std::string_view text, MessageTree::Syntax syntax, const Namespaces& namespaces) {
  auto steps = Reader(text, syntax, namespaces).run();
  if (!steps) return std::move(steps).error();
  MessagePath path;
  path.text_ = text;
  path.steps_ = *std::move(steps);
  return path;
}

void MessagePath::find(const MessageTree& tree, std::uint32_t element, std::vector<std::uint32_t>& found,
                       std::vector<std::uint32_t>& looked_at) const {
  follow(tree, element, 0, found, looked_at);
}

void MessagePath::follow(const MessageTree& tree, std::uint32_t element, std::size_t step, std::vector<std::uint32_t>& found,
                         std::vector<std::uint32_t>& looked_at) const {
  if (step == steps_.size()) {
    found.push_back(element);
    return;
  }
  const auto named = [&](std::uint32_t child, const PathName& name) {
    return name.matches(tree.name(child).local, tree.name(child).namespace_uri);
  };
  const auto holds = [&](std::uint32_t child, const Condition& condition) {
    for (std::uint32_t at = tree[child].first_child; at != MessageTree::none; at = tree[at].next) {
      if (!named(at, condition.name)) continue;
      if (condition.test != Condition::Test::equals) return condition.test == Condition::Test::there;
      if (text::trim(tree.text(at)) != condition.text) continue;
      looked_at.push_back(at);
      return true;
    }
    return condition.test == Condition::Test::missing;
  };
  for (std::uint32_t child = tree[element].first_child; child != MessageTree::none; child = tree[child].next) {
    if (!named(child, steps_[step].name)) continue;
    const auto& conditions = steps_[step].conditions;
    if (std::all_of(conditions.begin(), conditions.end(), [&](const Condition& c) { return holds(child, c); })) {
      follow(tree, child, step + 1, found, looked_at);
    }
  }
}

}  // namespace greenlane::document
