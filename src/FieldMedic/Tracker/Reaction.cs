namespace FieldMedic.Tracker;

/// <summary>What can be put under an issue or a comment to say that it was seen, without writing one.</summary>
public enum Reaction
{
    PlusOne,
    MinusOne,
    Laugh,
    Confused,
    Heart,
    Hooray,
    Rocket,
    Eyes,
}
