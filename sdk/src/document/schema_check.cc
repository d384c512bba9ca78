#include "document/schema_check.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "base/utf8.h"

namespace greenlane::document {
namespace {

bool has_nul(std::string_view text) noexcept { return text.find('\0') != std::string_view::npos; }

std::string_view nearest_key(const SchemaNode& node, std::string_view key) {
  std::vector<std::string_view> known;
  for (const SchemaNode::Property& property : node.properties) known.emplace_back(property.key);
  return text::nearest(key, known);
}

std::string unknown_key(const SchemaNode& node, std::string_view key) {
  return "unknown key " + in_quotes(key) + did_you_mean(nearest_key(node, key));
}

std::string at_least(std::string_view what, std::size_t bound, std::size_t count) {
  return "expected at least " + std::to_string(bound) + " " + std::string(what) + (bound == 1 ? "" : "s") +
         ", found " + std::to_string(count);
}

std::string at_most(std::string_view what, std::size_t bound, std::size_t count) {
  return "expected at most " + std::to_string(bound) + " " + std::string(what) + (bound == 1 ? "" : "s") +
         ", found " + std::to_string(count);
}

}  // namespace

std::string Place::pointer() const {
  if (parent == nullptr) return {};
  const std::string before = parent->pointer();
  return element ? json::pointer_child(before, index) : json::pointer_child(before, key);
}

bool SchemaCheck::fail(const Place& place, std::string message) {
  violation_ = Violation{std::move(message), place.pointer(), place.depth};
  return false;
}

bool SchemaCheck::run(const SchemaNode& start, const json::Value& value, const Place& place) {
  const SchemaNode* node = &start;
  while (node->same_as != nullptr) node = node->same_as;
  if (node->refuses_all) return fail(place, "no value is allowed here, found " + found(value));
  if ((node->kinds & kind_bit(value.kind())) == 0) {
    return fail(place, "expected " + expectation(*node) + ", found " + found(value));
  }
  if (node->values && std::find(node->values->begin(), node->values->end(), value) == node->values->end()) {
    const std::string text = value.is_string() ? in_quotes(value.string()) : found(value);
    return fail(place, text + " is not " + expectation(*node));
  }
  bool good = true;
  switch (value.kind()) {
    case json::Kind::string:
      good = string(*node, value.string(), place);
      break;
    case json::Kind::integer:
    case json::Kind::number:
      good = number(*node, value, place);
      break;
    case json::Kind::array:
      good = array(*node, value, place);
      break;
    case json::Kind::object:
      good = object(*node, value, place);
      break;
    case json::Kind::null:
    case json::Kind::boolean:
      break;
  }
  return good && branches(*node, value, place);
}

bool SchemaCheck::string(const SchemaNode& node, const std::string& text, const Place& place) {
  if (has_nul(text)) return fail(place, "the string holds U+0000, which no document may hold");
  const auto unfit = [&](std::string_view expected) {
    return fail(place, "expected " + std::string(expected) + ", found " + in_quotes(text));
  };
  if (node.format != Format::none && !follows(node.format, text)) {
    return unfit(node.pattern == nullptr ? description(node.format) : node.pattern_text);
  }
  if (node.min_length || node.max_length) {
    const std::size_t length = utf8::count(text);
    if (node.min_length && length < *node.min_length)
      return fail(place, at_least("character", *node.min_length, length));
    if (node.max_length && length > *node.max_length)
      return fail(place, at_most("character", *node.max_length, length));
  }
  return node.pattern == nullptr || RE2::PartialMatch(text, *node.pattern) || unfit(node.pattern_text);
}

bool SchemaCheck::number(const SchemaNode& node, const json::Value& value, const Place& place) {
  const double n = value.number();
  const auto bound = [&](std::string_view words, double limit) {
    return fail(place, "expected a number " + std::string(words) + " " + json::compact(json::Value(limit)) +
                           ", found " + json::compact(value));
  };
  if (node.minimum && n < *node.minimum) return bound("not below", *node.minimum);
  if (node.maximum && n > *node.maximum) return bound("not above", *node.maximum);
  if (node.above && n <= *node.above) return bound("above", *node.above);
  if (node.below && n >= *node.below) return bound("below", *node.below);
  return true;
}

bool SchemaCheck::array(const SchemaNode& node, const json::Value& value, const Place& place) {
  const json::Array& elements = value.array();
  if (node.min_items && elements.size() < *node.min_items) {
    return fail(place, at_least("element", *node.min_items, elements.size()));
  }
  if (node.max_items && elements.size() > *node.max_items) {
    return fail(place, at_most("element", *node.max_items, elements.size()));
  }
  if (node.items != nullptr) {
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (!run(*node.items, elements[i], place.child(i))) return false;
    }
  } else if (!check_no_nul(value, place, violation_)) {
    return false;
  }
  return !node.unique_items || unique(value, place);
}

bool SchemaCheck::unique(const json::Value& value, const Place& place) {
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < value.array().size(); ++i) {
    if (seen.insert(json::canonical(value.array()[i])).second) continue;
    return fail(place.child(i), "the same element stands here twice; each may be given once");
  }
  return true;
}

bool SchemaCheck::object(const SchemaNode& node, const json::Value& value, const Place& place) {
  const json::Object& members = value.object();
  for (const std::string& key : node.required) {
    if (value.find(key) == nullptr) return missing(node, value, place);
  }
  if (node.min_members && members.size() < *node.min_members) {
    return fail(place, at_least("member", *node.min_members, members.size()));
  }
  if (node.max_members && members.size() > *node.max_members) {
    return fail(place, at_most("member", *node.max_members, members.size()));
  }
  for (const json::Member& entry : members) {
    if (!member(node, entry, place)) return false;
  }
  return true;
}

bool SchemaCheck::missing(const SchemaNode& node, const json::Value& value, const Place& place) {
  for (const std::string& key : node.required) {
    if (value.find(key) != nullptr) continue;
    // A misspelt key is better news than the one that is missing for it.
    for (const json::Member& entry : value.object()) {
      if (node.property(entry.key) == nullptr && node.additional != nullptr && node.additional->refuses_all &&
          nearest_key(node, entry.key) == key) {
        return fail(place.child(entry.key), unknown_key(node, entry.key));
      }
    }
    return fail(place, "missing key " + in_quotes(key));
  }
  return true;
}

bool SchemaCheck::member(const SchemaNode& node, const json::Member& entry, const Place& place) {
  const Place here = place.child(entry.key);
  if (has_nul(entry.key)) return fail(here, "the key holds U+0000, which no document may hold");
  if (node.names != nullptr && !run(*node.names, json::Value(entry.key), here)) return false;
  if (const SchemaNode::Property* property = node.property(entry.key); property != nullptr) {
    for (const SchemaNode* pattern : property->by_pattern) {
      if (!run(*pattern, entry.value, here)) return false;
    }
    return run(*property->node, entry.value, here);
  }
  bool matched = false;
  for (const SchemaNode::Pattern& pattern : node.patterns) {
    if (!RE2::PartialMatch(entry.key, *pattern.expression)) continue;
    matched = true;
    if (!run(*pattern.node, entry.value, here)) return false;
  }
  if (matched) return true;
  if (node.additional == nullptr) return check_no_nul(entry.value, here, violation_);
  if (node.additional->refuses_all) return fail(here, unknown_key(node, entry.key));
  return run(*node.additional, entry.value, here);
}

bool SchemaCheck::branches(const SchemaNode& node, const json::Value& value, const Place& place) {
  for (const SchemaNode* part : node.all_of) {
    if (!run(*part, value, place)) return false;
  }
  if (!node.any_of.empty() && !some_branch(node.any_of, value, place, node.any_of.size())) return false;
  if (!node.one_of.empty() && !some_branch(node.one_of, value, place, 1)) return false;
  if (node.not_node != nullptr && run(*node.not_node, value, place)) {
    return fail(place, "the schema excludes this value, found " + found(value));
  }
  if (node.condition == nullptr) return true;
  const SchemaNode* next = run(*node.condition, value, place) ? node.then_node : node.else_node;
  return next == nullptr || run(*next, value, place);
}

bool SchemaCheck::some_branch(const std::vector<const SchemaNode*>& nodes, const json::Value& value,
                              const Place& place, std::size_t most) {
  std::size_t matches = 0;
  std::size_t candidates = 0;
  Violation deepest;
  std::string expected;
  for (const SchemaNode* branch : nodes) {
    const SchemaNode* node = branch;
    while (node->same_as != nullptr) node = node->same_as;
    if (run(*node, value, place)) {
      if (++matches > most)
        return fail(place, "the value fits more than one of the forms that exclude each other");
      continue;
    }
    expected.append(expected.empty() ? "" : ", or ").append(expectation(*node));
    if ((node->kinds & kind_bit(value.kind())) == 0) continue;
    if (candidates++ == 0 || violation_.depth > deepest.depth) deepest = violation_;
  }
  if (matches > 0) return true;
  // The form that went furthest, or the only one of this kind, is the one that was meant.
  if (candidates == 1 || deepest.depth > place.depth) {
    violation_ = std::move(deepest);
    return false;
  }
  return fail(place, "expected " + expected + ", found " + found(value));
}

bool check_no_nul(const json::Value& value, const Place& place, Violation& violation) {
  const auto refuse = [&](const Place& where, std::string_view what) {
    violation = {"the " + std::string(what) + " holds U+0000, which no document may hold", where.pointer(),
                 where.depth};
    return false;
  };
  if (value.is_string()) return !has_nul(value.string()) || refuse(place, "string");
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.array().size(); ++i) {
      if (!check_no_nul(value.array()[i], place.child(i), violation)) return false;
    }
  } else if (value.is_object()) {
    for (const json::Member& entry : value.object()) {
      const Place here = place.child(entry.key);
      if (has_nul(entry.key)) return refuse(here, "key");
      if (!check_no_nul(entry.value, here, violation)) return false;
    }
  }
  return true;
}

}  // namespace greenlane::document
