#include "base/json.h"

namespace greenlane::json {

Value::Value(Array value)
    : kind_(Kind::array), integer_(0), array_(std::make_unique<Array>(std::move(value))) {}

Value::Value(Object value)
    : kind_(Kind::object), integer_(0), object_(std::make_unique<Object>(std::move(value))) {}

Value::Value(const Value& other) : kind_(other.kind_), integer_(0) {
  switch (kind_) {
    case Kind::null:
      break;
    case Kind::boolean:
    case Kind::integer:
      integer_ = other.integer_;
      break;
    case Kind::number:
      number_ = other.number_;
      break;
    case Kind::string:
      string_ = other.string_;
      break;
    case Kind::array:
      array_ = std::make_unique<Array>(*other.array_);
      break;
    case Kind::object:
      object_ = std::make_unique<Object>(*other.object_);
      break;
  }
}

Value::Value(Value&& other) noexcept : kind_(other.kind_), integer_(0) {
  switch (kind_) {
    case Kind::null:
      break;
    case Kind::boolean:
    case Kind::integer:
      integer_ = other.integer_;
      break;
    case Kind::number:
      number_ = other.number_;
      break;
    case Kind::string:
      string_ = std::move(other.string_);
      break;
    case Kind::array:
      array_ = std::move(other.array_);
      break;
    case Kind::object:
      object_ = std::move(other.object_);
      break;
  }
  other.kind_ = Kind::null;
}

Value& Value::operator=(const Value& other) {
  if (this != &other) *this = Value(other);
  return *this;
}

Value& Value::operator=(Value&& other) noexcept {
  if (this == &other) return *this;
  // `other` may live inside *this, so what *this owned stays alive until the end of the function.
  const std::unique_ptr<Array> old_array = std::move(array_);
  const std::unique_ptr<Object> old_object = std::move(object_);
  kind_ = other.kind_;
  if (kind_ == Kind::number) {
    number_ = other.number_;
  } else {
    integer_ = other.integer_;
  }
  string_ = std::move(other.string_);
  array_ = std::move(other.array_);
  object_ = std::move(other.object_);
  other.kind_ = Kind::null;
  return *this;
}

Value::~Value() = default;

const Array& Value::array() const noexcept { return *array_; }
Array& Value::array() noexcept { return *array_; }
const Object& Value::object() const noexcept { return *object_; }
Object& Value::object() noexcept { return *object_; }

const Value* Value::find(std::string_view key) const noexcept {
  if (kind_ != Kind::object) return nullptr;
  for (const Member& member : *object_) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

Value* Value::find(std::string_view key) noexcept {
  return const_cast<Value*>(static_cast<const Value*>(this)->find(key));
}

std::string_view Value::text(std::string_view key) const noexcept {
  const Value* value = find(key);
  return value != nullptr && value->is_string() ? std::string_view(value->string_) : std::string_view();
}

void Value::set(std::string key, Value value) {
  if (Value* old = find(key)) {
    *old = std::move(value);
  } else {
    object_->push_back(Member{std::move(key), std::move(value)});
  }
}

namespace {

bool same_members(const Value& a, const Value& b) noexcept {
  const Object& left = a.object();
  const Object& right = b.object();
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const Value* other = left[i].key == right[i].key ? &right[i].value : b.find(left[i].key);
    if (other == nullptr || !(left[i].value == *other)) return false;
  }
  return true;
}

}  // namespace

/// Numbers are equal by value (1 and 1.0), objects whatever the order of their members.
bool operator==(const Value& a, const Value& b) noexcept {
  if (a.kind_ != b.kind_) {
    const bool numbers =
        (a.is(Kind::integer) || a.is(Kind::number)) && (b.is(Kind::integer) || b.is(Kind::number));
    return numbers && a.number() == b.number();
  }
  switch (a.kind_) {
    case Kind::null:
      return true;
    case Kind::boolean:
    case Kind::integer:
      return a.integer_ == b.integer_;
    case Kind::number:
      return a.number_ == b.number_;
    case Kind::string:
      return a.string_ == b.string_;
    case Kind::array:
      return *a.array_ == *b.array_;
    case Kind::object:
      return same_members(a, b);
  }
  return false;
}

}  // namespace greenlane::json
