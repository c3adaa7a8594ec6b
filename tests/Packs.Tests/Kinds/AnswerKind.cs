namespace FieldMedic.Packs.Tests.Kinds;

internal enum AnswerKind
{
    Any,
    PlainText,
    Json,
}
