namespace FieldMedic.Incidents;

/// <summary>What can be asked for in a comment, as <c>/medic WORD</c>.</summary>
public enum ChatCommand
{
    /// <summary>Says what can be asked for.</summary>
    Help,

    /// <summary>Measures now and says what is wrong. Changes nothing.</summary>
    Diagnose,

    /// <summary>Says what would be done now. Changes nothing.</summary>
    Plan,

    /// <summary>Shows what the decision rests on.</summary>
    Why,

    /// <summary>Agrees to the plan that waits.</summary>
    Approve,

    /// <summary>Starts over.</summary>
    Retry,

    /// <summary>Tells the bot to stand back.</summary>
    Hold,

    /// <summary>Lets the bot go on.</summary>
    Resume,

    /// <summary>Closes the issue on a maintainer's word.</summary>
    Close,
}
